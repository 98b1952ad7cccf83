// Scripts as tasks, whatever their language: each call in a locked-down interpreter that belongs to its run.
import { didYouMean, errorInfo, errorInfoOf } from "../../domain/index.ts";
import {
  type Clock,
  invalidParams,
  type Log,
  type Outcome,
  type Processes,
  paramProblems,
  type Sandbox,
  type ScriptLanguage,
} from "../../engine/ports/index.ts";
import { children } from "./children.ts";
import { missingLayers } from "./layers.ts";
import { DEFAULT_LIMITS } from "./limits.ts";
import { perform } from "./perform.ts";
import { pool } from "./pool.ts";

export type SandboxOptions = {
  readonly processes: Processes;
  readonly clock: Clock;
  readonly log: Log;
  /** Where memory images are kept between processes; without it every interpreter starts cold. */
  readonly cacheFolder?: string;
};

export const sandbox =
  (options: SandboxOptions): Sandbox =>
  (spoken, { interpreters, isolation = "run", spare = true, ...given }) => {
    const { clock } = options;
    const { language, methods } = spoken;
    const limits = { ...DEFAULT_LIMITS, ...given.limits };
    const family = children({ ...options, language: spoken, limits });
    const interpretersOfRuns = pool({
      ...limits,
      language,
      size: Math.max(1, interpreters),
      isolation,
      spare,
      clock,
      start: () => family.start(),
    });
    const operations = spoken.operations(perform({ pool: interpretersOfRuns, limits, clock, language }));

    return {
      protocol: spoken.protocol,
      name: spoken.name,
      methods,

      async execute(call, context) {
        const method = methods[call.method];
        const operation = operations[call.method];
        if (!method || !operation) return unknown(call.method, spoken);
        const problems = paramProblems(method, call.params);
        if (problems.length > 0) return { ok: false, error: invalidParams(problems) };
        return operation(call.params, context);
      },

      async health() {
        try {
          await interpretersOfRuns.warm();
          const layers = await family.layers();
          const detail = `${family.living()} interpreters`;
          return { status: "healthy", detail, layers, missing: missingLayers(layers) };
        } catch (error) {
          return { status: "unhealthy", detail: errorInfoOf(error).message };
        }
      },

      warm: () => interpretersOfRuns.warm(),
      release: (run) => interpretersOfRuns.release(run),

      async close() {
        interpretersOfRuns.close();
        await family.close();
      },
    };
  };

const unknown = (method: string, { protocol, methods }: ScriptLanguage): Outcome => ({
  ok: false,
  error: errorInfo(
    "METHOD_NOT_SUPPORTED",
    `${protocol} has no method \`${method}\`${didYouMean(method, Object.keys(methods))}`,
  ),
});
