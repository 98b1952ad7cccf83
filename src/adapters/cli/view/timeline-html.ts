// A timeline as one page that needs nothing else: a picture, the critical path, and the same in a table for whoever
// cannot see pictures. Opens from the disk, prints, and may be sent to somebody.

import { instantOf } from "../../../domain/index.ts";
import type { History } from "../../../engine/index.ts";
import { type BarClass, type Chart, type ChartRow, classOf, tokensIn } from "../../../projections/index.ts";
import { escaped } from "./html.ts";
import { sign } from "./paint.ts";
import { spentText, usageText } from "./spent-text.ts";
import { counted, duration } from "./text.ts";
import { TIMELINE_STYLE } from "./timeline-style.ts";
import { barText, timelineSvg } from "./timeline-svg.ts";

const SPENT_WIDTH = 120;

const MEANING: Readonly<Record<BarClass, string>> = {
  ran: "ran",
  running: "runs",
  failed: "attempt that failed",
  elements: "its elements",
  between: "until the next attempt",
  place: "waited for a free place",
  dependency: "waited for another task",
  purpose: "waited on purpose: a signal, a decision, a time",
};

export function timelineHtml({ run, graph, detail }: History, chart: Chart): string {
  const name = escaped(graph.name);
  const took = duration(chart.to - chart.from);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${name}: ${detail.status}, ${took}</title>
<style>${TIMELINE_STYLE}</style>
</head>
<body>
<h1>${name}</h1>
<p><strong class="${detail.status}">${sign(detail.status)} ${detail.status}</strong> ${detail.endedAt === undefined ? "so far" : "after"} ${took}, ${counted(chart.rows.length, "task")}<br>
<span class="soft">run ${run}, from ${instantOf(chart.from)} to ${instantOf(chart.to)}</span>${chart.spent ? `<br>\n${escaped(usageText(chart.spent))}` : ""}</p>
${legend(chart)}
<div class="chart">
${timelineSvg(chart)}
</div>
${pathHtml(chart)}
<h2>Tasks</h2>
<table>
<thead><tr><th>Task</th><th>Status</th><th>Ran</th>${chart.spent ? "<th>Tokens</th>" : ""}<th>What happened</th></tr></thead>
<tbody>
${chart.rows.map(rowsOf(chart)).join("\n")}
</tbody>
</table>
</body>
</html>
`;
}

function legend({ rows, path }: Chart): string {
  const used = new Set(rows.flatMap(({ bars }) => bars.map(classOf)));
  const items = Object.entries(MEANING).flatMap(([name, text]) =>
    [...used].some((one) => one === name)
      ? [
          `<li><svg width="14" height="10" aria-hidden="true"><rect class="${name}" width="14" height="10" rx="2"/></svg>${text}</li>`,
        ]
      : [],
  );
  const line = `<li><svg width="20" height="10" aria-hidden="true"><line class="path" x1="0" y1="5" x2="20" y2="5"/></svg>critical path</li>`;
  return `<ul class="legend">${items.join("")}${path.length > 0 ? line : ""}</ul>`;
}

function pathHtml({ path, rows }: Chart): string {
  if (path.length === 0) return "";
  const names = new Map(rows.map(({ line }) => [line.id, line.name]));
  const steps = path.map(
    ({ task, from, to }) =>
      `<li>${escaped(names.get(task) ?? task)} <span class="soft">${duration(to - from)}</span></li>`,
  );
  return `<h2>Critical path</h2>\n<p class="soft">What would have to be faster for the run to be faster.</p>\n<ol>${steps.join("")}</ol>`;
}

function rowsOf({ rows, spent }: Chart): (row: ChartRow) => string {
  const most = Math.max(1, ...rows.map((row) => tokensIn(row.spent?.usage ?? {})));
  return (row) => rowHtml(row, spent ? spentCell(row, most) : "");
}

/** A bar as long as its share of what the hungriest task used, and the numbers. */
function spentCell({ spent }: ChartRow, most: number): string {
  if (!spent) return "<td></td>";
  const length = Math.max(1, Math.round((tokensIn(spent.usage) / most) * SPENT_WIDTH));
  const bar = `<svg width="${SPENT_WIDTH}" height="8" aria-hidden="true"><rect class="spent" width="${length}" height="8" rx="2"/></svg>`;
  return `<td>${bar}<br>${escaped(spentText(spent.model, spent.usage))}</td>`;
}

function rowHtml({ line, status, isCritical, bars, runMs }: ChartRow, spent: string): string {
  const name = isCritical ? `<strong>${escaped(line.name)}</strong>` : escaped(line.name);
  const ran = line.attempts.length === 0 ? "" : duration(runMs);
  const told = bars.map((bar) => `<li>${escaped(barText(bar))}</li>`);
  return `<tr><td>${name}</td><td class="${status}">${sign(status)} ${status}</td><td class="number">${ran}</td>${spent}<td><ul>${told.join("")}</ul></td></tr>`;
}
