// Everything that runs users' scripts: the sandbox, and the languages that it speaks.
import { join } from "node:path";
import { bytesIn } from "../../adapters/config/index.ts";
import type { Definition } from "../../domain/index.ts";
import type { Processes, ScriptProvider } from "../../engine/index.ts";
import { once } from "../../lifetime.ts";
import type { Base } from "../base.ts";
import { type Dockers, dockerScripts } from "./containers.ts";

const LANGUAGES = ["python", "javascript"] as const;
type Language = (typeof LANGUAGES)[number];

export type Scripts = {
  readonly providers: () => Promise<readonly ScriptProvider[]>;
  readonly by: Readonly<Record<Language, () => Promise<ScriptProvider>>>;
  /** Starts an interpreter of each language that a definition names. */
  readonly warm: (definition: Definition) => Promise<void>;
};

export function scripts(base: Base, processes: () => Promise<Processes>, dockers: Dockers): Scripts {
  const { settings, log, clock } = base;
  const sandbox = once(async () => {
    const { sandbox } = await import("../../adapters/sandbox/index.ts");
    const cacheFolder = join((await settings()).home, "cache");
    return sandbox({ processes: await processes(), clock, log: await log(), cacheFolder });
  });
  const ofTheHost = async () => {
    const { commandSandbox, hostProgram } = await import("../../adapters/sandbox/index.ts");
    const start = hostProgram(await processes(), base.outside.env.PATH ?? "");
    return commandSandbox({ clock, needs: [], start });
  };
  const options = async (language: Language) => {
    const { execution, limits } = (await settings()).values;
    const { instances, isolation, memory } = execution[language];
    return {
      sandbox: await sandbox(),
      interpreters: instances,
      isolation,
      spares: 0,
      limits: {
        memoryMiB: Math.ceil(bytesIn(memory) / 1024 ** 2),
        resultBytes: bytesIn(limits.result),
        outputBytes: bytesIn(limits.output),
      },
    };
  };
  const provider = {
    python: once(async () => {
      const { pythonProvider } = await import("../../adapters/providers/python/index.ts");
      const { mode, allow_process: allowed } = (await settings()).values.execution.python;
      const first = await dockers.first();
      const common = await options("python");
      const { limits, interpreters } = common;
      const docker = first && (await dockerScripts(base, first));
      return pythonProvider({
        ...common,
        mode,
        elsewhere: {
          ...(docker && { docker: { ...docker, options: { ...docker.options, limits } } }),
          ...(allowed && {
            process: { sandbox: await ofTheHost(), options: { interpreters, limits, spares: 0 } },
          }),
        },
      });
    }),
    javascript: once(async () => {
      const { javascriptProvider } = await import("../../adapters/providers/javascript/index.ts");
      return javascriptProvider(await options("javascript"));
    }),
  };

  return {
    by: provider,
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
