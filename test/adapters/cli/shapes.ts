// Every document that a command prints with `--json` is held to the schema that is published for it.
import { z } from "zod";
import { EVERYWHERE, OUTPUTS } from "../../../src/adapters/cli/json/index.ts";

type Printed = { readonly argv: readonly string[]; readonly exit: number; readonly out: string };

/** What does not fit; empty when all does. Nothing is asked of a line without `--json`. */
export function misshapen({ argv, exit, out }: Printed): readonly string[] {
  if (!argv.includes("--json")) return [];
  const command = commandIn(argv);
  const output = command === undefined ? undefined : OUTPUTS[command];
  const own = exit === 2 || output === undefined ? [] : [output.schema];
  const schema = z.union([...own, ...Object.values(EVERYWHERE)]);
  const documents = output?.isLines ? out.split("\n").filter((line) => line !== "") : [out];
  return documents.flatMap((text) => problemsIn(text, schema, command ?? "no command"));
}

function problemsIn(text: string, schema: z.ZodType, command: string): readonly string[] {
  const parsed = schema.safeParse(JSON.parse(text));
  return parsed.success
    ? []
    : [`${command}: ${z.prettifyError(parsed.error)}\n${JSON.stringify(parsed.error.issues)}\n${text}`];
}

/** Typed alone, they list. */
const LISTING = new Set(["flags", "quotas"]);

/** The one whose words stand first; of several the longest. */
export function commandIn(argv: readonly string[]): string | undefined {
  const found = Object.keys(OUTPUTS).flatMap((command) => {
    const [first = "", second] = command.split(" ");
    const at = argv.indexOf(first);
    const next = argv[at + 1] ?? "--";
    const isMeant = next === second || (second === "list" && LISTING.has(first) && next.startsWith("--"));
    return at >= 0 && (second === undefined || isMeant) ? [{ command, at }] : [];
  });
  return found.toSorted((a, b) => a.at - b.at || b.command.length - a.command.length)[0]?.command;
}
