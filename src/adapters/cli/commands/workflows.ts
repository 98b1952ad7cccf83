// workflows list|show: what is registered, and what it is.
import { z } from "zod";
import type { Command } from "../context.ts";
import { EXIT } from "../exit-codes.ts";
import { optionsOf } from "../options.ts";
import { answer } from "../output.ts";
import { table } from "../view/table.ts";
import { line } from "../view/text.ts";
import { contentsOf, versionLines } from "../view/workflow-text.ts";
import { versionTitle } from "../workflow-json.ts";

export const listWorkflows: Command = async (_, context) => {
  const items = await context.parts.answers.workflows();
  answer(context, { items: items.map((one) => ({ ...one })), nextCursor: null }, () =>
    items.length === 0
      ? "nothing is registered; `gleitzeit workflows register FILE` does it\n"
      : table(
          items,
          [
            { head: "ID", cell: ({ id }) => id, gives: true },
            { head: "NAME", cell: ({ name }) => name, gives: true },
            { head: "VERSION", cell: ({ version, hash }) => version ?? hash.slice(7, 19) },
            { head: "VERSIONS", cell: ({ versions }) => String(versions), leaves: 2 },
            { head: "REGISTERED", cell: ({ registeredAt }) => registeredAt, leaves: 1 },
          ],
          context.terminal.out,
        ),
  );
  return EXIT.done;
};

const Options = z.object({ version: z.string().min(1, "must not be empty").optional() });

export const showWorkflow: Command = async ({ args: [name = ""], options: typed }, context) => {
  const { version } = optionsOf(Options, typed);
  const shown = await context.parts.answers.workflow(name, version);
  answer(context, { ...shown, versions: shown.versions.map((one) => ({ ...one })) }, () => {
    const head = `${line(shown.name)} ${versionTitle(shown)}${shown.current ? "" : ", not the current one"}\n`;
    return head + contentsOf(shown.definition) + versionLines(shown.versions);
  });
  return EXIT.done;
};
