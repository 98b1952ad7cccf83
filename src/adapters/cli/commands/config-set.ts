// config set SETTING VALUE: changes the file in force, or makes one.
import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import type { Json } from "../../../domain/index.ts";
import type { Command } from "../context.ts";
import { EXIT } from "../exit-codes.ts";
import { answer } from "../output.ts";
import { savedFile } from "../saved-file.ts";
import { lines } from "../view/text.ts";

export const setConfig: Command = async ({ args: [setting = "", value = ""] }, context) => {
  const { file, text, isNew, before, after } = await context.parts.changedConfiguration(setting, value);
  if (isNew) await mkdir(dirname(file), { recursive: true });
  const saved = await savedFile(file, "configuration");
  try {
    await saved.save(text);
  } finally {
    await saved.discard();
  }
  answer(context, { file, setting, before, after }, () =>
    context.globals.quiet ? "" : `${lines(setting)}: ${shown(before)} → ${shown(after)}, in ${lines(file)}\n`,
  );
  return EXIT.done;
};

const shown = (value: Json): string =>
  value === null ? "not set" : lines(typeof value === "string" ? value : JSON.stringify(value));
