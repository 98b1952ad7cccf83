// Everything that runs users' scripts: the sandbox, and the languages that it speaks.
import { join } from "node:path";
import { bytesIn, type Settings } from "../adapters/config/index.ts";
import type { Definition } from "../domain/index.ts";
import type { Clock, Log, Processes, ScriptProvider } from "../engine/index.ts";
import { once } from "../lifetime.ts";

const LANGUAGES = ["python", "javascript"] as const;
type Language = (typeof LANGUAGES)[number];

export type Scripts = {
  readonly providers: () => Promise<readonly ScriptProvider[]>;
  /** Starts an interpreter of each language that a definition names. */
  readonly warm: (definition: Definition) => Promise<void>;
};

type Needs = {
  readonly settings: () => Promise<Settings>;
  readonly processes: () => Promise<Processes>;
  readonly log: () => Promise<Log>;
  readonly clock: Clock;
};

export function scripts({ settings, processes, log, clock }: Needs): Scripts {
  const sandbox = once(async () => {
    const { sandbox } = await import("../adapters/sandbox/index.ts");
    const cacheFolder = join((await settings()).home, "cache");
    return sandbox({ processes: await processes(), clock, log: await log(), cacheFolder });
  });
  const options = async (language: Language) => {
    const { execution, limits } = (await settings()).values;
    const { instances, isolation, memory } = execution[language];
    return {
      sandbox: await sandbox(),
      interpreters: instances,
      isolation,
      spare: false,
      limits: {
        memoryMiB: Math.ceil(bytesIn(memory) / 1024 ** 2),
        resultBytes: bytesIn(limits.result),
        outputBytes: bytesIn(limits.output),
      },
    };
  };
  const provider = {
    python: once(async () => {
      const { pythonProvider } = await import("../adapters/providers/python/index.ts");
      return pythonProvider(await options("python"));
    }),
    javascript: once(async () => {
      const { javascriptProvider } = await import("../adapters/providers/javascript/index.ts");
      return javascriptProvider(await options("javascript"));
    }),
  };

  return {
    providers: () => Promise.all(LANGUAGES.map((language) => provider[language]())),
    async warm(definition) {
      const named = LANGUAGES.filter((language) => isNamed(language, definition));
      await Promise.all(named.map(async (language) => (await provider[language]()).warm()));
    },
  };
}

/** By method or protocol; a task may name either, and a method without a slash is Python's. */
const isNamed = (language: Language, { tasks = [], template }: Definition): boolean =>
  [...tasks, ...(template ? [template] : [])].some(({ method, protocol }) => {
    if (method === undefined) return false;
    const named = protocol ?? (method.includes("/") ? method : "python/");
    return named.startsWith(`${language}/`);
  });
