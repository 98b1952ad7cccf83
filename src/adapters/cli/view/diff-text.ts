// Two runs beside each other on a terminal: the first difference, then all of them by task.
import type { DiffDocument, DifferenceDocument } from "../../../engine/index.ts";
import type { Channel } from "../terminal.ts";
import { placeOf, sideText, subjectOf } from "./difference-words.ts";
import { type Paint, paint, sign, tinted } from "./paint.ts";
import { counted, fitted, line } from "./text.ts";

/** More than these are in `--json` and `--html`. */
const MOST = 200;

export function diffText({ a, b, same, first, differences }: DiffDocument, out: Channel): string {
  const colors = paint(out.color);
  const head = [a, b]
    .map(({ runId, workflow, status }, i) => {
      const name = `${line(workflow.name)}${workflow.version === undefined ? "" : ` ${line(workflow.version)}`}`;
      return `${colors.bold(i === 0 ? "a" : "b")}  ${runId}  ${tinted(colors, status, `${sign(status)} ${status}`)}  ${name}\n`;
    })
    .join("");
  const unknown = differences.filter((one) => one.unknown).length;
  const unseen =
    unknown > 0 ? `${counted(unknown, "place")} cannot be compared: values are erased or missing\n` : "";
  if (same || !first) return `${head}\nno difference\n${unseen}`;
  const begins = `they begin to differ at ${subjectOf(first)}: ${placeOf(first)}`;
  const shown = differences.slice(0, MOST);
  const rest = differences.length - shown.length;
  const more = rest > 0 ? `\n… and ${counted(rest, "more difference")}; --json and --html have all\n` : "";
  return `${head}\n${colors.bold(line(begins))}\n${sections(shown, out, colors)}${more}${unseen}`;
}

function sections(differences: readonly DifferenceDocument[], out: Channel, colors: Paint): string {
  let last: string | null | undefined;
  return differences
    .map((difference) => {
      const title = difference.task === last ? "" : `\n${colors.bold(line(subjectOf(difference)))}\n`;
      last = difference.task;
      return title + told(difference, out, colors);
    })
    .join("");
}

function told(difference: DifferenceDocument, out: Channel, colors: Paint): string {
  const side = (name: string, text: string): string => `    ${name} ${fitted(line(text), out.columns - 6)}\n`;
  const note = difference.unknown ? colors.dim("  cannot be compared") : "";
  return [
    `  ${line(placeOf(difference))}${note}\n`,
    colors.red(side("a", sideText(difference.a))),
    colors.green(side("b", sideText(difference.b))),
  ].join("");
}
