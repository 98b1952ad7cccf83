// workflows register FILE: from then on the document's name stands for it.
import { z } from "zod";
import { versionDocument } from "../../../engine/index.ts";
import type { Command } from "../context.ts";
import { EXIT } from "../exit-codes.ts";
import { optionsOf } from "../options.ts";
import { answer } from "../output.ts";
import { line } from "../view/text.ts";
import { versionTitle } from "../workflow-json.ts";

const Options = z.object({ reason: z.string().optional() });

export const registerWorkflow: Command = async ({ args: [path = ""], options: typed }, context) => {
  const { reason } = optionsOf(Options, typed);
  const request = await context.parts.registration(path, reason);
  const driving = await context.parts.driving();
  const { registration, created } = await driving.engine.register(request, driving.actor);
  const version = await versionDocument(driving, registration, true);
  answer(context, { created, ...version }, () => {
    const { name, id } = registration.event.data.workflow;
    const what = `${line(name)} ${versionTitle(registration)}`;
    if (!created) return `${what}: registered already, nothing has changed\n`;
    return `${what}: registered; \`gleitzeit run ${id}\` runs it\n`;
  });
  return EXIT.done;
};
