// diff RUN OTHER: where two runs begin to differ, and everything else in which they do.
import { z } from "zod";
import { diffRuns, findRun } from "../../../engine/index.ts";
import type { Command } from "../context.ts";
import { EXIT } from "../exit-codes.ts";
import { optionsOf } from "../options.ts";
import { answer } from "../output.ts";
import { savedFile } from "../saved-file.ts";
import { diffText } from "../view/diff-text.ts";
import { lines } from "../view/text.ts";

const Options = z.object({
  exitCode: z.boolean().default(false),
  timing: z.boolean().default(false),
  html: z.string().min(1, "must not be empty").optional(),
});

export const diff: Command = async ({ args: [one = "", other = ""], options: typed }, context) => {
  const { exitCode, timing, html } = optionsOf(Options, typed);
  const { parts, terminal, globals } = context;
  const reading = await parts.reading();
  const [a, b] = [await findRun(reading, one), await findRun(reading, other)];
  const file = html === undefined ? undefined : await savedFile(html, "--html");
  try {
    const document = await diffRuns(reading, a, b, { timing });
    if (file) {
      const { diffHtml } = await import("../view/diff-html.ts");
      await file.save(diffHtml(document));
    }
    if (html === undefined || globals.json) {
      answer(context, document, () => (globals.quiet ? "" : diffText(document, terminal.out)));
    } else if (!globals.quiet) {
      terminal.err.write(`what differs is in ${lines(html)}\n`);
    }
    return exitCode && !document.same ? EXIT.invalid : EXIT.done;
  } finally {
    await file?.discard();
  }
};
