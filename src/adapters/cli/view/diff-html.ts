// Two runs beside each other as one page that needs nothing else.
import type { DiffDocument, DifferenceDocument } from "../../../engine/index.ts";
import { placeOf, sideText, subjectOf } from "./difference-words.ts";
import { escaped } from "./html.ts";
import { sign } from "./paint.ts";
import { counted } from "./text.ts";
import { TIMELINE_STYLE } from "./timeline-style.ts";

const STYLE = `${TIMELINE_STYLE}
table { table-layout: fixed; } td { overflow-wrap: anywhere; white-space: pre-wrap; } th:first-child { width: 24%; }
tr.first td { border-left: 3px solid var(--failed); padding-left: .5rem; } td.a { color: var(--failed); } td.b { color: var(--ran); }
`;

export function diffHtml({ a, b, same, first, differences }: DiffDocument): string {
  const title = escaped(
    `${a.workflow.name}: ${same ? "no difference" : counted(differences.length, "difference")}`,
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${STYLE}</style>
</head>
<body>
<h1>${title}</h1>
<p>${[a, b].map(runHtml).join("<br>\n")}</p>
${first ? `<p>They begin to differ at <strong>${escaped(subjectOf(first))}</strong>: ${escaped(placeOf(first))}.</p>` : ""}
${groups(differences)
  .map((group) => groupHtml(group, first))
  .join("\n")}
</body>
</html>
`;
}

const runHtml = ({ runId, workflow, status }: DiffDocument["a"], i: number): string =>
  `<strong>${i === 0 ? "a" : "b"}</strong> ${runId} <strong class="${status}">${sign(status)} ${status}</strong> <span class="soft">${escaped(workflow.name)} ${workflow.hash.slice(0, 15)}</span>`;

type Group = readonly [DifferenceDocument, ...DifferenceDocument[]];

/** What follows one another of one task. */
function groups(differences: readonly DifferenceDocument[]): readonly Group[] {
  const found: [DifferenceDocument, ...DifferenceDocument[]][] = [];
  for (const one of differences) {
    const last = found.at(-1);
    if (last && last[0].task === one.task) last.push(one);
    else found.push([one]);
  }
  return found;
}

const groupHtml = (
  group: Group,
  first: DiffDocument["first"],
): string => `<h2>${escaped(subjectOf(group[0]))}</h2>
<table>
<thead><tr><th>What</th><th>a</th><th>b</th></tr></thead>
<tbody>
${group.map((one) => rowHtml(one, one === first)).join("\n")}
</tbody>
</table>`;

function rowHtml(difference: DifferenceDocument, isFirst: boolean): string {
  const note = difference.unknown ? ' <span class="soft">cannot be compared</span>' : "";
  return `<tr${isFirst ? ' class="first"' : ""}><td>${escaped(placeOf(difference))}${note}</td><td class="a">${escaped(sideText(difference.a))}</td><td class="b">${escaped(sideText(difference.b))}</td></tr>`;
}
