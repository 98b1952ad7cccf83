// From a command line to an exit code. Nothing heavy is loaded before a command is known.
import { CommanderError } from "commander";
import type { Context } from "./context.ts";
import type { Globals, Parts } from "./parts.ts";
import { pinned } from "./pinned.ts";
import { type Chosen, program, versionFor } from "./program.ts";
import type { Terminal } from "./terminal.ts";
import { refusalOf, wayOf } from "./ways.ts";

export type Surroundings = {
  readonly version: string;
  readonly terminal: Terminal;
  /** Log lines go through `log`, so that they do not tear what is drawn. */
  readonly parts: (globals: Globals, log: (line: string) => void) => Promise<Parts>;
};

const USAGE = 2;

export async function cli(
  argv: readonly string[],
  { version, terminal: given, parts: load }: Surroundings,
): Promise<number> {
  const globals = globalsIn(argv);
  const terminal = fitted(given, argv);
  const parsed = parse(argv, version, terminal, globals);
  if (typeof parsed === "number") return parsed;
  let parts: Parts | undefined;
  try {
    const { store, server, name, path, invocation } = parsed;
    const { cassetteIn } = await import("./cassette-option.ts");
    const cassette = cassetteIn(name, invocation.options);
    const command = await parsed.load();
    const asked = { path, server, store, hasCassette: cassette !== undefined };
    await refuse(refusalOf(asked, server !== undefined));
    const wanted = {
      ...globals,
      ...(store !== undefined && { store }),
      ...(server !== undefined && { server }),
      ...(wayOf(path) === "here" && { isHere: true as const }),
      ...(cassette && { cassette }),
    };
    parts = await load(wanted, terminal.err.write);
    await refuse(refusalOf(asked, parts.server !== undefined));
    const exit = await command(invocation, { terminal, globals, parts } satisfies Context);
    await parts.close();
    return exit;
  } catch (error) {
    await Promise.allSettled([parts?.close()]);
    const { reportFailure } = await import("./failure.ts");
    return reportFailure(error, terminal, globals);
  }
}

async function refuse(why: string | undefined): Promise<void> {
  if (why === undefined) return;
  const { GleitzeitError } = await import("../../domain/index.ts");
  throw new GleitzeitError("USAGE_ERROR", why);
}

/** Known before the line is understood, since a misunderstanding is told in the form that was asked for. */
function globalsIn(argv: readonly string[]): Globals {
  const end = argv.indexOf("--");
  const given = new Set(end < 0 ? argv : argv.slice(0, end));
  return { json: given.has("--json"), quiet: given.has("--quiet"), verbose: given.has("--verbose") };
}

/** As the options want it: without colours, with lines that can be pinned. */
function fitted(terminal: Terminal, argv: readonly string[]): Terminal {
  const isPlain = argv.includes("--no-color");
  const [out, raw] = [terminal.out, terminal.err].map((channel) =>
    isPlain ? { ...channel, color: false } : channel,
  );
  if (!out || !raw) return terminal;
  if (!raw.isTTY) return { ...terminal, out, err: raw };
  const { channel: err, pin } = pinned(raw);
  return { ...terminal, out, err, pin };
}

/** A command to run, or the exit of a line that needs none. */
function parse(
  argv: readonly string[],
  version: string,
  { out, err }: Terminal,
  { json }: Globals,
): Chosen | number {
  const printed: string[] = [];
  let chosen: Chosen | undefined;
  const grammar = program(
    versionFor(argv, version),
    {
      out: (text) => printed.push(text),
      err: (text) => printed.push(text),
      columns: Math.min(out.columns, 110),
    },
    (choice) => {
      chosen = choice;
    },
  );
  try {
    grammar.parse(argv, { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return refusal(error, printed.join(""), json, out, err);
  }
  if (chosen) return chosen;
  throw new Error("a command line without a command and without an error");
}

function refusal(
  { code, message }: CommanderError,
  printed: string,
  json: boolean,
  out: Terminal["out"],
  err: Terminal["err"],
): number {
  if (code === "commander.helpDisplayed" || code === "commander.version") {
    out.write(
      json
        ? `${JSON.stringify({ [code === "commander.version" ? "version" : "help"]: printed.trimEnd() })}\n`
        : printed,
    );
    return 0;
  }
  const what = code === "commander.help" ? "a command is missing" : message.replace(/^error: /, "");
  if (json) {
    const error = { code: "USAGE_ERROR", message: what, retryable: false, details: {} };
    out.write(`${JSON.stringify({ error, problems: [] })}\n`);
  } else if (code === "commander.help") {
    err.write(printed);
  } else {
    err.write(`error USAGE_ERROR: ${what}\n\`gleitzeit --help\` shows what there is\n`);
  }
  return USAGE;
}
