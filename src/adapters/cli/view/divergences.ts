// Where a replay went another way, in words.
import type { Divergence, DivergenceKind, StubReplay } from "../../../engine/index.ts";
import type { Channel } from "../terminal.ts";
import { sideText } from "./difference-words.ts";
import { paint, sign, tinted } from "./paint.ts";
import { counted, fitted, line } from "./text.ts";

const WORDS: Readonly<Record<DivergenceKind, string>> = {
  "call-not-recorded": "a call that is not in the record",
  "not-called": "is not called any more",
  method: "calls another method",
  params: "is called with other params",
  files: "sees other files",
  skipped: "is skipped",
  "not-skipped": "is not skipped any more",
  retry: "is tried again otherwise",
  fallback: "falls back otherwise",
  wait: "waits otherwise",
  "tasks-added": "goes on with other tasks",
  outcome: "ends otherwise",
  pause: "pauses otherwise",
  compensation: "undoes otherwise",
  end: "ends otherwise",
  outputs: "has other outputs",
  inputs: "does not take the recorded inputs",
  unknown: "depends on what nobody can see any more",
};

export const causeText = ({
  kind,
  path,
}: {
  readonly kind: DivergenceKind;
  readonly path?: string;
}): string => (path === undefined ? WORDS[kind] : `${WORDS[kind]}: ${path}`);

/** More than these are in `--json`. */
const MOST = 100;

export function divergencesText(replayed: StubReplay, out: Channel): string {
  const colors = paint(out.color);
  const { divergences, unknown, status, runId, events } = replayed;
  const end = tinted(colors, status, `${sign(status)} ${status}`);
  const head = `${end}  run ${runId}, ${counted(events, "event")} decided again\n`;
  const blind =
    unknown.length === 0
      ? ""
      : `${counted(unknown.length, "decision")} cannot be judged: values are erased or missing\n`;
  if (divergences.length === 0) return `${head}no divergence\n${blind}`;
  const rest = divergences.length - MOST;
  const more = rest > 0 ? `… and ${counted(rest, "more divergence")}; --json has all\n` : "";
  const told = divergences.slice(0, MOST).map((one) => oneText(one, out));
  return `${head}${counted(divergences.length, "divergence")}, the first:\n\n${told.join("")}${more}${blind}`;
}

function oneText(divergence: Divergence, out: Channel): string {
  const { bold, dim, red, green } = paint(out.color);
  const { task, revision, type, expected, actual } = divergence;
  const where = revision === null ? "" : dim(`  at event ${revision}, ${type ?? ""}`);
  const side = (name: string, text: string): string =>
    `    ${name} ${fitted(line(text), out.columns - 13)}\n`;
  return [
    `${bold(line(task ?? "the run"))} ${line(causeText(divergence))}${where}\n`,
    red(side("expected", sideText(expected ?? undefined))),
    green(side("actual  ", sideText(actual ?? undefined))),
  ].join("");
}
