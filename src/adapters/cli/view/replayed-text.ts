// What replaying all runs came to, for people: the causes, the most frequent first.
import type { ReplayedAll } from "../../../engine/index.ts";
import type { Channel } from "../terminal.ts";
import { sideText } from "./difference-words.ts";
import { causeText } from "./divergences.ts";
import { paint } from "./paint.ts";
import { counted, fitted, line } from "./text.ts";

export function countsText({ runs, same, different, unknown, failed }: ReplayedAll): string {
  const parts = [
    `${counted(runs, "run")} replayed`,
    `${same} the same`,
    ...(different > 0 ? [`${different} otherwise`] : []),
    ...(unknown > 0 ? [`${unknown} not to be judged as a whole`] : []),
    ...(failed > 0 ? [`${failed} that could not be replayed`] : []),
  ];
  return parts.join(", ");
}

export function replayedText(found: ReplayedAll, out: Channel): string {
  const colors = paint(out.color);
  const causes = found.causes.map((cause) => {
    const { runId, expected, actual } = cause.example;
    const side = (name: string, text: string): string =>
      `    ${name} ${fitted(line(text), out.columns - 13)}\n`;
    return [
      `${colors.bold(`${cause.runs} ×`)} ${line(cause.task ?? "the run")} ${line(causeText(cause))}  ${colors.dim(line(cause.workflow))}\n`,
      colors.red(side("expected", sideText(expected ?? undefined))),
      colors.green(side("actual  ", sideText(actual ?? undefined))),
      colors.dim(`    such as run ${runId}\n`),
    ].join("");
  });
  const errors = found.results.flatMap(({ runId, error }) =>
    error ? [`${colors.red("✗")} run ${runId}: ${error.code}: ${line(error.message)}\n`] : [],
  );
  return `${countsText(found)}\n${causes.length > 0 ? "\n" : ""}${causes.join("")}${errors.join("")}`;
}
