// secrets set|list|rotate|delete: values go in, names and dates come out.
import { z } from "zod";
import { GleitzeitError, isSecretName } from "../../../domain/index.ts";
import type { Command, Context } from "../context.ts";
import { EXIT } from "../exit-codes.ts";
import { optionsOf } from "../options.ts";
import { answer } from "../output.ts";
import type { KeptSecret } from "../parts.ts";
import type { Terminal } from "../terminal.ts";
import { type Column, table } from "../view/table.ts";
import { lines } from "../view/text.ts";

const MOST_BYTES = 256 * 1024;

export const setSecret: Command = async ({ args: [name = ""] }, context) => {
  checkName(name);
  const vault = await context.parts.vault();
  const kept = await vault.set(name, await valueFor(name, context.terminal));
  return told(kept, kept.created === kept.changed ? "set" : "set again", vault.file, context);
};

export const listSecrets: Command = async (_, context) => {
  const vault = await context.parts.vault();
  const items = (await vault.list()).map((one) => ({ ...one }));
  answer(context, { items }, () =>
    items.length === 0
      ? `there is no secret in ${lines(vault.file)} yet; \`gleitzeit secrets set NAME\` sets one\n`
      : table(items, COLUMNS, context.terminal.out),
  );
  return EXIT.done;
};

const COLUMNS: readonly Column<KeptSecret>[] = [
  { head: "NAME", cell: ({ name }) => name },
  { head: "CREATED", cell: ({ created }) => created, leaves: 1 },
  { head: "CHANGED", cell: ({ changed }) => changed },
];

const Rotation = z.object({ key: z.boolean().default(false) });

export const rotateSecret: Command = async ({ args: [name], options }, context) => {
  const { key } = optionsOf(Rotation, options);
  if (key === (name !== undefined))
    throw new GleitzeitError(
      "USAGE_ERROR",
      "name one secret to rotate, or say --key for the vault's own key",
    );
  const vault = await context.parts.vault();
  if (name === undefined) {
    await vault.changeKey();
    answer(context, { vault: vault.file, key: vault.keyFile }, () =>
      context.globals.quiet ? "" : `${lines(vault.file)} has another key now, in ${lines(vault.keyFile)}\n`,
    );
    return EXIT.done;
  }
  checkName(name);
  return told(
    await vault.rotate(name, await valueFor(name, context.terminal)),
    "rotated",
    vault.file,
    context,
  );
};

export const deleteSecret: Command = async ({ args: [name = ""] }, context) => {
  checkName(name);
  const vault = await context.parts.vault();
  await vault.remove(name);
  answer(context, { name, removed: true }, () =>
    context.globals.quiet ? "" : `${name}: deleted from ${lines(vault.file)}\n`,
  );
  return EXIT.done;
};

function told(kept: KeptSecret, what: string, file: string, context: Context): number {
  answer(context, { ...kept }, () =>
    context.globals.quiet ? "" : `${kept.name}: ${what}, in ${lines(file)}\n`,
  );
  return EXIT.done;
}

/** What was typed may be the secret itself: it is not repeated. */
function checkName(name: string): void {
  if (isSecretName(name)) return;
  throw new GleitzeitError(
    "USAGE_ERROR",
    "a secret's name is made of letters, digits, `_` and `-`, the first a letter or `_`; its value is read from standard input",
  );
}

async function valueFor(name: string, { askHidden, readInput }: Terminal): Promise<string> {
  if (!askHidden) return textIn(await readInput(MOST_BYTES));
  const value = await askHidden(`value for ${name} (not shown): `);
  const again = value && (await askHidden("once more: "));
  if (value === undefined || again === undefined)
    throw new GleitzeitError("INTERRUPTED", "interrupted; nothing was written");
  if (value === again) return value;
  throw new GleitzeitError("USAGE_ERROR", "these were two different values; nothing was written");
}

function textIn(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes).replace(/\r?\n$/, "");
  } catch (error) {
    throw new GleitzeitError("USAGE_ERROR", "standard input is no UTF-8 text; nothing was written", {
      cause: error,
    });
  }
}
