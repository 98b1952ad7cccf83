// Starts interpreters: from the parts of this installation, within the layers this system offers, from a memory image if there is one.
import { createHash } from "node:crypto";
import { readdir, readFile, realpath } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import type { Clock, Log, Processes } from "../../../engine/ports/index.ts";
import { memoryImage } from "./image.ts";
import { BootFailure, type Interpreter, startInterpreter } from "./interpreter.ts";
import { dataBytes, memoryPages, type PythonLimits } from "./limits.ts";
import { nodeFlags, systemWrapper } from "./lockdown.ts";
import { ownProcesses } from "./own-processes.ts";
import { snapshots } from "./snapshot.ts";

export type ChildOptions = {
  readonly processes: Processes;
  readonly clock: Clock;
  readonly log: Log;
  readonly limits: PythonLimits;
  /** Where memory images are kept; without it every interpreter starts cold. */
  readonly cacheFolder?: string;
};

export interface Children {
  start(): Promise<Interpreter>;
  /** What stands between a script and the host: as the last child saw it, and what no child can see. */
  layers(): Promise<readonly string[]>;
  /** How many live. */
  living(): number;
  /** Kills them, also those that are being started. */
  close(): Promise<void>;
}

/** A damaged image is made again once; after that interpreters start without. */
const IMAGE_ATTEMPTS = 2;
/** JSON text of a result, with room for what stands around it. */
const LINE_OVERHEAD = 512 * 1024;

export function children({ clock, log, limits, cacheFolder, ...options }: ChildOptions): Children {
  const own = ownProcesses(options.processes);
  const { processes } = own;
  let observed: readonly string[] = [];
  const once = <T>(find: () => Promise<T>) => {
    let found: Promise<T> | undefined;
    return () => {
      found ??= find();
      return found;
    };
  };
  const parts = once(() => findParts(processes.node.version));
  const wrapper = once(() => systemWrapper(processes, dataBytes(limits)));
  const images = once(async () => {
    const { key } = await parts();
    const make = async () => memoryImage(processes, clock, limits.bootMs, await command("snapshot"));
    return snapshots(cacheFolder, key, make, log);
  });

  async function command(mode: "serve" | "snapshot", snapshot?: string) {
    const [{ pyodide, child }, { words }] = await Promise.all([parts(), wrapper()]);
    const readable = [`${pyodide}/*`, `${child}/*`, ...(snapshot === undefined ? [] : [snapshot])];
    const { memoryMiB, fileBytes } = limits;
    const settings = {
      memoryPages: memoryPages({ memoryMiB }),
      fileBytes,
      ...(snapshot !== undefined && { snapshot }),
    };
    const [first, ...args] = [
      ...words,
      processes.node.path,
      ...nodeFlags(processes.node.version, settings.memoryPages, readable),
      join(child, "main.mjs"),
      pyodide,
      mode,
      JSON.stringify(settings),
    ];
    return { command: first ?? processes.node.path, args };
  }

  async function start(attempt = 1): Promise<Interpreter> {
    const found = attempt > IMAGE_ATTEMPTS ? undefined : await (await images()).file();
    const snapshot = found === undefined ? undefined : await realpath(found);
    const program = await command("serve", snapshot);
    const { bootMs } = limits;
    const maxLineBytes = limits.resultBytes + LINE_OVERHEAD;
    try {
      const interpreter = await startInterpreter(processes, { ...program, maxLineBytes, bootMs, clock });
      observed = interpreter.layers;
      return interpreter;
    } catch (error) {
      if (snapshot === undefined || !(error instanceof BootFailure) || error.reason !== "snapshot")
        throw error;
      await (await images()).discard(snapshot);
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

const require = createRequire(import.meta.url);

type Parts = { readonly pyodide: string; readonly child: string; readonly key: string };

const Package = z.object({ version: z.string() });

async function findParts(nodeVersion: string): Promise<Parts> {
  const manifest = require.resolve("pyodide/package.json");
  const child = await realpath(fileURLToPath(new URL("./child/", import.meta.url)));
  const { version } = Package.parse(JSON.parse(await readFile(manifest, "utf8")));
  const key = `${version}-node-${nodeVersion}-${(await digestOf(child)).slice(0, 12)}`;
  return { pyodide: await realpath(dirname(manifest)), child, key };
}

/** A memory image holds the harness: another harness, another image. */
async function digestOf(folder: string): Promise<string> {
  const hash = createHash("sha256");
  const names = await readdir(folder, { recursive: true });
  for (const name of names.filter((file) => /\.(?:mjs|py)$/.test(file)).toSorted()) {
    hash.update(`${name}\n`).update(await readFile(join(folder, name)));
  }
  return hash.digest("hex");
}
