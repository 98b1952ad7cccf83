// What replaying all runs came to, as Markdown: for a comment on a change.
import type { ReplayedAll } from "../../../engine/index.ts";
import { sideText } from "./difference-words.ts";
import { causeText } from "./divergences.ts";
import { countsText } from "./replayed-text.ts";
import { line } from "./text.ts";

const LONGEST = 120;

export function replayMarkdown(found: ReplayedAll): string {
  const verdict = found.different + found.failed > 0 ? "✗" : "✓";
  const head = `### ${verdict} Replay: ${countsText(found)}\n`;
  const rows = found.causes.map(({ runs, workflow, task, example, ...cause }) =>
    [
      String(runs),
      cell(workflow),
      code(task ?? "the run"),
      cell(causeText(cause)),
      code(sideText(example.expected ?? undefined)),
      code(sideText(example.actual ?? undefined)),
      code(example.runId),
    ].join(" | "),
  );
  const table =
    rows.length === 0
      ? ""
      : `\n| Runs | Workflow | Task | What | Expected | Actual | Such as |\n|---|---|---|---|---|---|---|\n${rows.map((row) => `| ${row} |\n`).join("")}`;
  const errors = found.results.flatMap(({ runId, error }) =>
    error ? [`- ${code(runId)} could not be replayed: ${cell(`${error.code}: ${error.message}`)}\n`] : [],
  );
  return `${head}${table}${errors.length > 0 ? `\n${errors.join("")}` : ""}`;
}

const short = (text: string): string =>
  text.length > LONGEST ? `${text.slice(0, LONGEST).toWellFormed()}…` : text;

/** What a document says must not become markup. */
const cell = (text: string): string => short(line(text)).replace(/[\\|<>[\]`*_]/g, "\\$&");

/** No escape holds there for a pipe that a backslash stands before: it would end the cell. */
const code = (text: string): string => `\`${short(line(text)).replaceAll("`", "ˋ").replaceAll("|", "∣")}\``;
