// Starts interpreters: from the parts of this installation, within the layers this system offers, from a memory image if there is one.
import { realpath } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { RunId } from "../../domain/index.ts";
import type { Clock, Log, Processes, ScriptLanguage, ScriptLimits } from "../../engine/ports/index.ts";
import { memoryImage } from "./image.ts";
import { BootFailure, type Interpreter, startInterpreter } from "./interpreter.ts";
import { dataBytes, lineBytes, memoryPages } from "./limits.ts";
import { nodeFlags, systemWrapper } from "./lockdown.ts";
import { ownProcesses } from "./own-processes.ts";
import { type Snapshots, snapshots } from "./snapshot.ts";

export type ChildOptions = {
  readonly processes: Processes;
  readonly clock: Clock;
  readonly log: Log;
  readonly language: ScriptLanguage;
  readonly limits: ScriptLimits;
  /** Where memory images are kept; without it every interpreter starts cold. */
  readonly cacheFolder?: string;
};

export interface Children {
  /** `run`: whose it will be, where that is known. */
  start(run?: RunId): Promise<Interpreter>;
  /** What stands between a script and the host: as the last child saw it, and what no child can see. */
  layers(): Promise<readonly string[]>;
  /** How many live. */
  living(): number;
  /** Kills them, also those that are being started. */
  close(): Promise<void>;
}

/** A damaged image is made again once; after that interpreters start without. */
const IMAGE_ATTEMPTS = 2;

export function children({ clock, log, limits, cacheFolder, ...options }: ChildOptions): Children {
  const { name, language, program } = options.language;
  const own = ownProcesses(options.processes, `the ${language} provider was closed`);
  const { processes } = own;
  const { node } = processes;
  let observed: readonly string[] = [];
  const once = <T>(find: () => Promise<T>) => {
    let found: Promise<T> | undefined;
    return () => {
      found ??= find();
      return found;
    };
  };
  const parts = once(async () => ({ ...(await program(node)), child: await childFolder() }));
  const wrapper = once(() => systemWrapper(processes, dataBytes(limits)));
  const images = once(async (): Promise<Snapshots | undefined> => {
    const { imageKey: key } = await parts();
    if (key === undefined) return undefined;
    const make = async () => memoryImage(processes, clock, limits.bootMs, await command("snapshot"));
    return snapshots(cacheFolder, { name, key }, make, log);
  });

  async function command(mode: "serve" | "snapshot", snapshot?: string) {
    const [{ module, readable, child, settings }, { words }] = await Promise.all([parts(), wrapper()]);
    const pages = memoryPages(limits);
    const allowed = [...readable, `${child}/*`, ...(snapshot === undefined ? [] : [snapshot])];
    const told = {
      ...settings,
      name,
      memoryPages: pages,
      fileBytes: limits.fileBytes,
      ...(snapshot !== undefined && { snapshot }),
    };
    const [first, ...args] = [
      ...words,
      node.path,
      ...nodeFlags(node.version, pages, allowed),
      join(child, "main.mjs"),
      module,
      mode,
      JSON.stringify(told),
    ];
    return { language, command: first ?? node.path, args };
  }

  async function start(attempt = 1): Promise<Interpreter> {
    const found = attempt > IMAGE_ATTEMPTS ? undefined : await (await images())?.file();
    const snapshot = found === undefined ? undefined : await realpath(found);
    const started = await command("serve", snapshot);
    const { bootMs } = limits;
    const maxLineBytes = lineBytes(limits);
    try {
      const interpreter = await startInterpreter((child) => processes.spawn(child), {
        ...started,
        maxLineBytes,
        bootMs,
        clock,
      });
      observed = interpreter.layers;
      return interpreter;
    } catch (error) {
      if (snapshot === undefined || !(error instanceof BootFailure) || error.reason !== "snapshot")
        throw error;
      await (await images())?.discard(snapshot);
      return start(attempt + 1);
    }
  }

  return {
    start: () => start(),
    layers: async () => [
      ...new Set([...observed, ...(await wrapper()).layers.filter(isUnseen), "process-group"]),
    ],
    living: () => own.living(),
    close: () => own.close(),
  };
}

/** Layers that a child cannot see, so that trying them on another program must do. */
const isUnseen = (layer: string): boolean => layer === "dies-with-parent" || layer === "data-limit";

const childFolder = (): Promise<string> => realpath(fileURLToPath(new URL("./child/", import.meta.url)));
