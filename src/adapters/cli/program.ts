// The grammar of the command line. Light on purpose: commands are loaded when they are called, so that `--help` costs
// little more than starting Node.
import { Command as Commander } from "commander";
import type { Command, Invocation } from "./context.ts";
import type { Add } from "./grammar/add.ts";
import { answerCommands } from "./grammar/answer-commands.ts";
import { auditCommands } from "./grammar/audit-commands.ts";
import { describe } from "./grammar/help.ts";
import { pastCommands } from "./grammar/past-commands.ts";
import { projectionCommands } from "./grammar/projection-commands.ts";
import { readCommands } from "./grammar/read-commands.ts";
import { runCommands } from "./grammar/run-commands.ts";
import { secretCommands } from "./grammar/secret-commands.ts";
import { serverCommands } from "./grammar/server-commands.ts";
import { settingsCommands } from "./grammar/settings-commands.ts";
import { startCommands } from "./grammar/start-commands.ts";
import { storeCommands } from "./grammar/store-commands.ts";
import { subjectCommands } from "./grammar/subject-commands.ts";
import { systemCommands } from "./grammar/system-commands.ts";
import { webhookCommands } from "./grammar/webhook-commands.ts";
import { workflowCommands } from "./grammar/workflow-commands.ts";

/** What was typed: which command, with what; the command itself is still to be loaded. */
export type Chosen = {
  readonly load: () => Promise<Command>;
  readonly invocation: Invocation;
  readonly store: string | undefined;
  readonly server: string | undefined;
  /** `run`. */
  readonly name: string;
  /** `workflows show`. */
  readonly path: string;
};

export type Printing = {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  readonly columns: number;
};

const GLOBALS = "Options everywhere:";

/** Undefined for a command that takes a `--version` of its own: the root would answer it with the program's. */
export const versionFor = (argv: readonly string[], version: string): string | undefined =>
  argv.includes("workflows") && argv.includes("show") ? undefined : version;

/** `choose` is called once a command line makes sense. CommanderError is thrown for the others, and for help. */
export function program(
  version: string | undefined,
  printing: Printing,
  choose: (chosen: Chosen) => void,
): Commander {
  const root = new Commander("gleitzeit")
    .exitOverride()
    .configureOutput({
      writeOut: printing.out,
      writeErr: printing.err,
      getOutHelpWidth: () => printing.columns,
      getErrHelpWidth: () => printing.columns,
      outputError: () => undefined,
    })
    .configureHelp({
      showGlobalOptions: true,
      styleTitle: (title) => (title === "Global Options:" ? GLOBALS : title),
    })
    .showSuggestionAfterError()
    .helpOption("--help", "show this help")
    .option("--json", "print exactly one JSON document (streams: one a line)")
    .option("--quiet", "no progress, no remarks: data and errors only")
    .option("--verbose", "log lines on stderr, from debug on")
    .option("--no-color", "no colours")
    .option(
      "--store <url>",
      "where runs are kept: sqlite:PATH, esdb://HOST or memory: (default: GLEITZEIT_STORE)",
    )
    .option(
      "--server <url>",
      "ask this server instead of doing it here (default: GLEITZEIT_SERVER; its key: GLEITZEIT_API_KEY)",
    );
  if (version !== undefined) root.version(version, "--version", "print the version");
  describe(root, {
    summary: "Runs workflows: graphs of tasks, every fact about them an event in a log.",
    examples: [
      ["gleitzeit run examples/analyse/workflow.yaml", "run a document and watch it"],
      ["gleitzeit list", "what has run"],
      ["gleitzeit show RUN", "how one run stands"],
      ["gleitzeit run --help", "what a command takes"],
    ],
    notes: "RUN is a run's id, the beginning of one (6 characters or more), or the name given with --id.",
  });

  const add: Add = (parent, spec, load, how) => {
    const command = parent.command(spec, how);
    return command.action(() => {
      const { store, server } = root.opts<{ readonly store?: string; readonly server?: string }>();
      const invocation = { args: command.args, options: command.optsWithGlobals() };
      const path = parent === root ? command.name() : `${parent.name()} ${command.name()}`;
      choose({ load, invocation, store, server, name: command.name(), path });
    });
  };
  runCommands(root, add);
  startCommands(root, add);
  answerCommands(root, add);
  workflowCommands(root, add);
  readCommands(root, add);
  pastCommands(root, add);
  storeCommands(root, add);
  subjectCommands(root, add);
  projectionCommands(root, add);
  auditCommands(root, add);
  secretCommands(root, add);
  serverCommands(root, add);
  settingsCommands(root, add);
  webhookCommands(root, add);
  systemCommands(root, add);
  return root;
}
