// workflows register FILE: from then on the document's name stands for it.
import { z } from "zod";
import type { Command } from "../context.ts";
import { EXIT } from "../exit-codes.ts";
import { optionsOf } from "../options.ts";
import { answer } from "../output.ts";
import { line } from "../view/text.ts";
import { versionTitle } from "../workflow-json.ts";

const Options = z.object({ reason: z.string().optional() });

export const registerWorkflow: Command = async ({ args: [path = ""], options: typed }, context) => {
  const { reason } = optionsOf(Options, typed);
  const version = await context.parts.answers.register(path, reason);
  answer(context, { ...version }, () => {
    const what = `${line(version.name)} ${versionTitle(version)}`;
    if (!version.created) return `${what}: registered already, nothing has changed\n`;
    return `${what}: registered; \`gleitzeit run ${version.id}\` runs it\n`;
  });
  return EXIT.done;
};
