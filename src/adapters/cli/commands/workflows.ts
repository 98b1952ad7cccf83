// workflows list|show: what is registered, and what it is.
import { z } from "zod";
import type { Definition, InputDeclaration } from "../../../domain/index.ts";
import {
  allRegistrations,
  currentOf,
  findRegistered,
  openRegistered,
  type Registrations,
  versionText,
} from "../../../engine/index.ts";
import type { Command } from "../context.ts";
import { EXIT } from "../exit-codes.ts";
import { optionsOf } from "../options.ts";
import { answer } from "../output.ts";
import { table } from "../view/table.ts";
import { line } from "../view/text.ts";
import { versionJson, versionTitle } from "../workflow-json.ts";

export const listWorkflows: Command = async (_, context) => {
  const registered = await context.parts.registered();
  const all = await allRegistrations(registered.store.events, registered.tenant);
  const items = await Promise.all(
    all.map(async (one) => ({
      ...(await versionJson(registered, currentOf(one), true)),
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
            { head: "VERSIONS", cell: ({ versions }) => String(versions) },
            { head: "REGISTERED", cell: ({ registeredAt }) => registeredAt },
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
  const shown = await versionJson(registered, registration, registration === currentOf(all));
  const versions = await Promise.all(
    all.toReversed().map((one) => versionJson(registered, one, one === currentOf(all))),
  );
  const text = source && new TextDecoder().decode(source.bytes);
  answer(context, { ...shown, definition, source: text ?? null, versions }, () => {
    const head = `${line(shown.name)} ${versionTitle(registration)}${shown.current ? "" : ", not the current one"}\n`;
    return head + contentsOf(definition) + versionLines(all);
  });
  return EXIT.done;
};

function contentsOf({ description, inputs = {}, tasks = [], template }: Definition): string {
  const lines = [
    ...(description === undefined ? [] : [`  ${line(description)}`]),
    ...Object.entries(inputs).map(([name, input]) => `  input ${line(name)}: ${inputText(input)}`),
    ...tasks.map(
      ({ id, name, method }, i) => `  task ${line(id ?? name ?? `task-${i + 1}`)}  ${method ?? ""}`,
    ),
    ...(template ? [`  one task for each file  ${template.method ?? ""}`] : []),
  ];
  return `${lines.join("\n")}\n`;
}

const inputText = ({ type, required = true, default: given }: InputDeclaration): string =>
  given !== undefined
    ? `${type}, ${JSON.stringify(given)} if not given`
    : required
      ? type
      : `${type}, optional`;

const versionLines = (all: Registrations): string =>
  all
    .toReversed()
    .map(
      (one) =>
        `  ${one === currentOf(all) ? "*" : " "} ${one.at}  ${versionText(one)}  ${one.event.data.workflow.hash}\n`,
    )
    .join("");
