// A timeline drawn in characters, as wide as the terminal; then the critical path in words.

import type { History } from "../../../engine/index.ts";
import { type Bar, type Chart, type ChartRow, classOf, tokensIn } from "../../../projections/index.ts";
import type { Channel } from "../terminal.ts";
import { gapText } from "./gap-text.ts";
import { type Paint, paint, sign, tinted } from "./paint.ts";
import { spentText, usageText } from "./spent-text.ts";
import { counted, duration, fitted, line, padded, width } from "./text.ts";

/** Of more tasks than this those that took longest are drawn; `--json` and `--html` have every one. */
const MOST = 100;
const WIDEST_NAME = 30;
const LEAST_BAR = 10;
const MOST_SPENT = 20;

export function timelineText({ run, graph, detail }: History, chart: Chart, out: Channel): string {
  const colors = paint(out.color);
  const { rows, rest } = worthDrawing(chart.rows);
  const notes = rows.map(noteOf);
  const noteWidth = Math.min(26, Math.max(0, ...notes.map(width)));
  const nameWidth = Math.min(
    WIDEST_NAME,
    Math.floor(out.columns / 3),
    Math.max(4, ...rows.map((row) => width(nameOf(row)))),
  );
  const room = Math.max(LEAST_BAR, out.columns - nameWidth - noteWidth - 6);
  const status = tinted(colors, detail.status, `${sign(detail.status)} ${detail.status}`);
  const title = `${status}  ${colors.bold(line(graph.name))}  ${colors.dim(`${duration(chart.to - chart.from)}, run ${run}`)}\n`;
  const scale = `${" ".repeat(nameWidth + 4)}${colors.dim(scaleOf(chart, room))}\n`;
  const drawn = rows.map((row, i) => {
    const name = padded(fitted(nameOf(row), nameWidth), nameWidth);
    const mark = row.isCritical ? colors.bold("*") : " ";
    const note = colors.dim(fitted(notes[i] ?? "", noteWidth));
    const text = `${mark} ${row.isCritical ? colors.bold(name) : name}  ${barOf(row, chart, room, colors)}  ${note}`;
    return `${text.trimEnd()}\n`;
  });
  const more = rest > 0 ? colors.dim(`  … and ${counted(rest, "task")} that took less\n`) : "";
  return `${title}\n${scale}${drawn.join("")}${more}${legend(rows, colors)}${pausesText(chart)}${pathText(chart, colors)}${spentTable(chart, colors)}`;
}

const nameOf = ({ line: { name } }: ChartRow): string => line(name);

function worthDrawing(rows: readonly ChartRow[]): { rows: readonly ChartRow[]; rest: number } {
  if (rows.length <= MOST) return { rows, rest: 0 };
  const longest = new Set(rows.toSorted((a, b) => weight(b) - weight(a)).slice(0, MOST));
  return { rows: rows.filter((row) => longest.has(row)), rest: rows.length - MOST };
}

const weight = ({ isCritical, runMs }: ChartRow): number => (isCritical ? Number.MAX_SAFE_INTEGER : runMs);

function noteOf({ line: { attempts }, status, runMs, gaps }: ChartRow): string {
  if (attempts.length > 1) return `${duration(runMs)} in ${counted(attempts.length, "attempt")}`;
  if (attempts.length === 1) return duration(runMs);
  const [gap] = gaps;
  return gap && status !== "skipped" ? gapText(gap) : status;
}

function scaleOf({ from, to }: Chart, room: number): string {
  const [begin, end] = ["0", duration(to - from)];
  return `${begin}${" ".repeat(Math.max(1, room - begin.length - width(end)))}${end}`;
}

const SIGNS = {
  ran: "█",
  failed: "▓",
  elements: "▄",
  between: "▒",
  place: "░",
  dependency: "·",
  purpose: "─",
} as const;
type Sign = keyof typeof SIGNS;

const MEANING: Readonly<Record<Sign, string>> = {
  ran: "ran",
  failed: "attempt that failed",
  elements: "its elements",
  between: "until the next attempt",
  place: "waited for a free place",
  dependency: "waited for another task",
  purpose: "waited on purpose",
};

/** In characters, what goes on looks like what ran. */
function signOf(bar: Bar): Sign {
  const found = classOf(bar);
  return found === "running" ? "ran" : found;
}

/** However short an attempt was, it is a cell. */
function barOf({ bars }: ChartRow, { from, to }: Chart, room: number, colors: Paint): string {
  const cells: (Sign | undefined)[] = Array.from({ length: room }, () => undefined);
  const span = Math.max(1, to - from);
  const cell = (at: number): number =>
    Math.min(room - 1, Math.max(0, Math.floor(((at - from) / span) * room)));
  for (const bar of bars.toSorted((a, b) => rank(a) - rank(b))) {
    const last = Math.max(cell(bar.from), cell(bar.to) - (bar.to < to ? 1 : 0));
    cells.fill(signOf(bar), cell(bar.from), last + 1);
  }
  const tints: Readonly<Record<Sign, (text: string) => string>> = {
    ran: colors.green,
    failed: colors.red,
    elements: colors.green,
    between: colors.yellow,
    place: colors.yellow,
    dependency: colors.dim,
    purpose: colors.cyan,
  };
  return cells.map((one) => (one === undefined ? " " : tints[one](SIGNS[one]))).join("");
}

const rank = ({ kind }: Bar): number => (kind === "gap" ? 0 : 1);

function legend(rows: readonly ChartRow[], colors: Paint): string {
  const shown = new Set(rows.flatMap(({ bars }) => bars.map(signOf)));
  const signs = Object.entries(MEANING).flatMap(([name, text]) =>
    isSign(name) && shown.has(name) ? [`${SIGNS[name]} ${text}`] : [],
  );
  return signs.length === 0 ? "" : `\n${colors.dim(`${signs.join("   ")}   * critical path`)}\n`;
}

const isSign = (name: string): name is Sign => Object.hasOwn(SIGNS, name);

const pausesText = ({ pauses, from }: Chart): string =>
  pauses
    .map(
      (pause) =>
        `paused for ${duration(pause.to - pause.from)}, ${duration(Math.max(0, pause.from - from))} after it began\n`,
    )
    .join("");

/** Those that counted most come first. */
function spentTable({ rows, spent }: Chart, colors: Paint): string {
  if (!spent) return "";
  const told = rows
    .flatMap((row) => (row.spent ? [{ name: nameOf(row), ...row.spent }] : []))
    .toSorted((a, b) => tokensIn(b.usage) - tokensIn(a.usage));
  const shown = told.slice(0, MOST_SPENT);
  const wide = Math.min(WIDEST_NAME, Math.max(...shown.map(({ name }) => width(name))));
  const lines = shown.map(
    ({ name, model, usage }) =>
      `  ${padded(fitted(name, wide), wide)}  ${colors.dim(spentText(model === undefined ? model : line(model), usage))}\n`,
  );
  const more =
    told.length > shown.length ? `  … and ${counted(told.length - shown.length, "task")} more\n` : "";
  return `\n${colors.bold("tokens")}  ${usageText(spent)}\n${lines.join("")}${colors.dim(more)}`;
}

function pathText({ path, rows }: Chart, colors: Paint): string {
  if (path.length === 0) return "";
  const byId = new Map(rows.map((row) => [row.line.id, row]));
  const told = path.map(({ task, from, to }) => {
    const row = byId.get(task);
    const waits = row?.gaps.filter(({ why }) => why !== "dependency").map(gapText) ?? [];
    const ran = row && row.line.attempts.length > 0 ? [`ran ${duration(row.runMs)}`] : [];
    return `  ${padded(duration(to - from), 12)}  ${line(task)}${colors.dim(`  ${[...waits, ...ran].join(", ")}`)}`.trimEnd();
  });
  return `\n${colors.bold("critical path")}\n${told.join("\n")}\n`;
}
