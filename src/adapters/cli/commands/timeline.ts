// timeline RUN: who waited for what, how long, and which tasks made the run take as long as it did.
import { z } from "zod";
import { chartIn, findRun, type History, historyOf, timelineDocument } from "../../../engine/index.ts";
import type { Chart } from "../../../projections/index.ts";
import type { Command } from "../context.ts";
import { EXIT } from "../exit-codes.ts";
import { optionsOf } from "../options.ts";
import { answer } from "../output.ts";
import { savedFile } from "../saved-file.ts";
import { lines } from "../view/text.ts";
import { timelineText } from "../view/timeline-text.ts";

const Options = z.object({ html: z.string().min(1, "must not be empty").optional() });

export const showTimeline: Command = async ({ args: [text = ""], options: typed }, context) => {
  const { html } = optionsOf(Options, typed);
  const { parts, terminal, globals } = context;
  const reading = await parts.reading();
  const history = await historyOf(reading, await findRun(reading, text));
  const chart = await chartIn(reading, history, parts.clock.now());
  if (html !== undefined) await save(html, history, chart);
  if (html === undefined || globals.json) {
    answer(context, timelineDocument(history, chart), () => timelineText(history, chart, terminal.out));
  } else if (!globals.quiet) {
    terminal.err.write(`the timeline of run ${history.run} is in ${lines(html)}\n`);
  }
  return EXIT.done;
};

async function save(path: string, history: History, chart: Chart): Promise<void> {
  const { timelineHtml } = await import("../view/timeline-html.ts");
  const file = await savedFile(path, "--html");
  try {
    await file.save(timelineHtml(history, chart));
  } finally {
    await file.discard();
  }
}
