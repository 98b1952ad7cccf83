// config show|validate|path: what is set, by whom, and whether it makes sense.
import { GleitzeitError, type Json } from "../../../domain/index.ts";
import type { Command } from "../context.ts";
import { EXIT } from "../exit-codes.ts";
import { answer } from "../output.ts";
import { paint } from "../view/paint.ts";
import { table } from "../view/table.ts";
import { lines } from "../view/text.ts";

export const showConfig: Command = async (_, context) => {
  const { home, file, settings } = await context.parts.configuration();
  const { out } = context.terminal;
  const document: Json = { home, file: file ?? null, settings: settings.map((setting) => ({ ...setting })) };
  answer(context, document, () => {
    const { dim } = paint(out.color);
    const places = `${dim("home")}  ${lines(home)}\n${dim("file")}  ${lines(file ?? "none")}\n\n`;
    const rows = table(
      settings,
      [
        { head: "SETTING", cell: ({ path }) => path },
        {
          head: "VALUE",
          cell: ({ value }) => (typeof value === "string" ? value : JSON.stringify(value)),
          gives: true,
        },
        { head: "FROM", cell: ({ source }) => source, tint: (_, text) => dim(text), gives: true },
      ],
      out,
    );
    return places + rows;
  });
  return EXIT.done;
};

export const validateConfig: Command = async ({ args: [named] }, context) => {
  const { file, problems } = await context.parts.checkConfiguration(named);
  const [first] = problems;
  if (first) {
    const more = problems.length > 1 ? ` (and ${problems.length - 1} more)` : "";
    throw new GleitzeitError(
      "CONFIGURATION_ERROR",
      `the configuration is not valid: ${first.message}${more}`,
      { problems },
    );
  }
  answer(
    context,
    { valid: true, file: file ?? null },
    () => `${lines(file ?? "the environment and the defaults")}: valid\n`,
  );
  return EXIT.done;
};

export const configPath: Command = async (_, context) => {
  const { used, lookedFor } = await context.parts.configurationFiles();
  answer(context, { file: used ?? null, lookedFor: [...lookedFor] }, () =>
    used === undefined ? "" : `${lines(used)}\n`,
  );
  if (used === undefined && !context.globals.json && !context.globals.quiet) {
    context.terminal.err.write(`no configuration file; looked for ${lookedFor.map(lines).join(" and ")}\n`);
  }
  return EXIT.done;
};
