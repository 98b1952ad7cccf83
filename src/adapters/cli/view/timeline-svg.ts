// A timeline as a picture: a row for each task, every bar with what it is when the mouse rests on it.
import { type Bar, type Chart, type ChartRow, classOf } from "../../../projections/index.ts";
import { gapText } from "./gap-text.ts";
import { escaped } from "./html.ts";
import { duration, fitted, line } from "./text.ts";

const ROW = 24;
const TOP = 28;
const NAMES = 220;
const WIDTH = 1200;
const RIGHT = 20;
const PLOT = WIDTH - NAMES - RIGHT;
const TICKS = 6;
const LEAST = 2;

export function timelineSvg(chart: Chart): string {
  const height = TOP + chart.rows.length * ROW + 8;
  const x = scale(chart);
  const rows = new Map(chart.rows.map((row, i) => [row.line.id, i]));
  const middle = (i: number): number => TOP + i * ROW + ROW / 2;
  const path = chart.path.flatMap(({ task, from, to }) => {
    const i = rows.get(task);
    return i === undefined ? [] : [`${x(from)},${middle(i)}`, `${x(to)},${middle(i)}`];
  });
  const pauses = chart.pauses.map(
    ({ from, to }) =>
      `<rect class="pause" x="${x(from)}" y="${TOP}" width="${widthOf(from, to, x)}" height="${height - TOP}"><title>paused for ${duration(to - from)}</title></rect>`,
  );
  return [
    `<svg viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-label="timeline of the run; the table below says the same">`,
    ...ticks(chart, height),
    ...pauses,
    ...chart.rows.map((row, i) => rowSvg(row, TOP + i * ROW, x)),
    path.length > 0
      ? `<polyline class="path" points="${path.join(" ")}"><title>critical path</title></polyline>`
      : "",
    "</svg>",
  ].join("\n");
}

type Scale = (at: number) => number;

function scale({ from, to }: Chart): Scale {
  const span = Math.max(1, to - from);
  return (at) => Math.round((NAMES + (Math.min(span, Math.max(0, at - from)) / span) * PLOT) * 10) / 10;
}

const widthOf = (from: number, to: number, x: Scale): number =>
  Math.max(LEAST, Math.round((x(to) - x(from)) * 10) / 10);

function ticks({ from, to }: Chart, height: number): readonly string[] {
  return Array.from({ length: TICKS + 1 }, (_, i) => {
    const at = NAMES + (PLOT / TICKS) * i;
    const anchor = i === 0 ? "start" : i === TICKS ? "end" : "middle";
    const label = duration(((to - from) / TICKS) * i);
    return `<line class="grid" x1="${at}" y1="${TOP - 6}" x2="${at}" y2="${height}"/><text class="soft" x="${at}" y="${TOP - 12}" text-anchor="${anchor}">${label}</text>`;
  });
}

function rowSvg({ line: task, bars, isCritical }: ChartRow, y: number, x: Scale): string {
  const name = escaped(fitted(line(task.name), 30));
  const label = `<text${isCritical ? ' class="critical"' : ""} x="0" y="${y + 16}">${name}<title>${escaped(task.id)}</title></text>`;
  return label + bars.map((bar) => barSvg(bar, y, x)).join("");
}

function barSvg(bar: Bar, y: number, x: Scale): string {
  const [inset, height] = bar.kind === "attempt" ? [5, 14] : [8, 8];
  return `<rect class="${classOf(bar)}" x="${x(bar.from)}" y="${y + inset}" width="${widthOf(bar.from, bar.to, x)}" height="${height}" rx="2"><title>${escaped(barText(bar))}</title></rect>`;
}

export function barText(bar: Bar): string {
  if (bar.kind === "elements") return `its elements, ${duration(bar.to - bar.from)}`;
  if (bar.kind === "gap") return gapText(bar.gap);
  const { attempt, provider, outcome, code } = bar.span;
  return `attempt ${attempt} by ${provider}: ${outcome}${code === undefined ? "" : ` ${code}`}, ${duration(bar.to - bar.from)}`;
}
