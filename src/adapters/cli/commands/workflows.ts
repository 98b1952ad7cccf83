// workflows list|show: what is registered, and what it is.
import { z } from "zod";
import {
  allRegistrations,
  currentOf,
  findRegistered,
  openRegistered,
  versionDocument,
} from "../../../engine/index.ts";
import type { Command } from "../context.ts";
import { EXIT } from "../exit-codes.ts";
import { optionsOf } from "../options.ts";
import { answer } from "../output.ts";
import { table } from "../view/table.ts";
import { line } from "../view/text.ts";
import { contentsOf, versionLines } from "../view/workflow-text.ts";
import { versionTitle } from "../workflow-json.ts";

export const listWorkflows: Command = async (_, context) => {
  const registered = await context.parts.registered();
  const all = await allRegistrations(registered.store.events, registered.tenant);
  const items = await Promise.all(
    all.map(async (one) => ({
      ...(await versionDocument(registered, currentOf(one), true)),
      versions: one.length,
    })),
  );
  answer(context, { items, nextCursor: null }, () =>
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
  const registered = await context.parts.registered();
  const { registration, all } = await findRegistered(registered, name, version);
  const { definition, source } = await openRegistered(registered, registration);
  const shown = await versionDocument(registered, registration, registration === currentOf(all));
  const versions = await Promise.all(
    all.toReversed().map((one) => versionDocument(registered, one, one === currentOf(all))),
  );
  const text = source && new TextDecoder().decode(source.bytes);
  answer(context, { ...shown, definition, source: text ?? null, versions }, () => {
    const head = `${line(shown.name)} ${versionTitle(registration)}${shown.current ? "" : ", not the current one"}\n`;
    return head + contentsOf(definition) + versionLines(all);
  });
  return EXIT.done;
};
