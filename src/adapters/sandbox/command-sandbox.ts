// Scripts as tasks in programs that somebody else starts: containers, or programs of the host. One serves one call.
import { GleitzeitError } from "../../domain/index.ts";
import type { Clock, CommandSandbox, Program, StartScript } from "../../engine/ports/index.ts";
import type { Children } from "./children.ts";
import { type Carrier, type Interpreter, startInterpreter } from "./interpreter.ts";
import { limitsOf, lineBytes } from "./limits.ts";
import { scriptProvider } from "./script-provider.ts";

export type CommandSandboxOptions = {
  readonly clock: Clock;
  readonly start: StartScript;
  /** Layers that an interpreter must find around itself: without one of them nothing is run. */
  readonly needs: readonly string[];
};

export const commandSandbox =
  (options: CommandSandboxOptions): CommandSandbox =>
  (language, { limits: given, ...wanted }) => {
    const { clock } = options;
    const limits = limitsOf(given);
    const family = started(options, language.language, () => language.command(limits), {
      bootMs: limits.bootMs,
      maxLineBytes: lineBytes(limits),
    });
    return scriptProvider(language, family, {
      ...wanted,
      clock,
      limits,
      isolation: "task",
      madeToMeasure: true,
      missing: () => [],
    });
  };

type Bounds = { readonly bootMs: number; readonly maxLineBytes: number };

function started(
  { clock, start, needs }: CommandSandboxOptions,
  language: string,
  command: () => Promise<readonly string[]>,
  bounds: Bounds,
): Children {
  const living = new Set<Carrier>();
  const starting = new Set<Promise<Interpreter>>();
  let isClosed = false;

  async function begin(run: Parameters<Children["start"]>[0]): Promise<Interpreter> {
    const [first = "", ...args] = await command();
    const spawn = async (program: Pick<Program, "onStdout">): Promise<Carrier> => {
      const carrier = await start({
        command: [first, ...args],
        onStdout: (bytes) => program.onStdout(bytes),
        ...(run !== undefined && { run }),
      });
      living.add(carrier);
      void carrier.ended.then(() => living.delete(carrier));
      if (isClosed) void carrier.kill();
      return carrier;
    };
    const interpreter = await startInterpreter(spawn, { language, command: first, args, clock, ...bounds });
    const lacking = needs.filter((layer) => !interpreter.layers.includes(layer));
    if (lacking.length === 0) return interpreter;
    await interpreter.kill();
    throw new GleitzeitError(
      "CONFIGURATION_ERROR",
      `the ${language} interpreter was started without ${lacking.join(", ")}: nothing was run in it`,
      { details: { missing: [...lacking] } },
    );
  }

  return {
    async start(run) {
      if (isClosed) throw new GleitzeitError("SYSTEM_SHUTDOWN", `the ${language} provider was closed`);
      const begun = begin(run);
      starting.add(begun);
      return begun.finally(() => starting.delete(begun));
    },
    layers: async () => needs,
    living: () => living.size,
    async close() {
      isClosed = true;
      await Promise.all([...living].map((carrier) => carrier.kill()));
      await Promise.allSettled(starting);
      await Promise.all([...living].map((carrier) => carrier.kill()));
    },
  };
}
