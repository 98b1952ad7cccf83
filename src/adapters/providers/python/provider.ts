// Python scripts as tasks: each call in a locked-down interpreter that belongs to its run.
import { didYouMean, errorInfo, errorInfoOf } from "../../../domain/index.ts";
import {
  type Clock,
  invalidParams,
  type Log,
  type Method,
  type Outcome,
  type Processes,
  type Provider,
  paramProblems,
} from "../../../engine/ports/index.ts";
import { children } from "./children.ts";
import { DEFAULT_LIMITS, type PythonLimits } from "./limits.ts";
import { pythonMethods } from "./methods.ts";
import { operations } from "./operations.ts";
import { pool } from "./pool.ts";

export type PythonOptions = {
  readonly processes: Processes;
  readonly clock: Clock;
  readonly log: Log;
  /** How many interpreters may live at once. */
  readonly interpreters: number;
  /** Where memory images are kept between processes; without it every interpreter starts cold. */
  readonly cacheFolder?: string;
  readonly limits?: Partial<PythonLimits>;
  /** `task`: a fresh interpreter for every call. */
  readonly isolation?: "run" | "task";
  /** Keep a fresh interpreter ready for the next run (default). */
  readonly spare?: boolean;
};

export type PythonProvider = Provider & {
  /** Starts an interpreter before the first call needs one. */
  warm(): Promise<void>;
};

export function pythonProvider(options: PythonOptions): PythonProvider {
  const { clock, interpreters, isolation = "run", spare = true } = options;
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const family = children({ ...options, limits });
  const interpretersOfRuns = pool({
    ...limits,
    size: Math.max(1, interpreters),
    isolation,
    spare,
    clock,
    start: () => family.start(),
  });
  const perform = operations({ pool: interpretersOfRuns, limits, clock });
  const methods: Readonly<Record<string, Method>> = pythonMethods;

  return {
    protocol: "python/v1",
    name: "python",
    methods,

    async execute(call, context) {
      const method = methods[call.method];
      const operation = perform[call.method];
      if (!method || !operation) return unknown(call.method);
      const problems = paramProblems(method, call.params);
      if (problems.length > 0) return { ok: false, error: invalidParams(problems) };
      return operation(call.params, context);
    },

    async health() {
      try {
        await interpretersOfRuns.warm();
        return {
          status: "healthy",
          detail: `${family.living()} interpreters`,
          layers: await family.layers(),
        };
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
}

const unknown = (method: string): Outcome => ({
  ok: false,
  error: errorInfo(
    "METHOD_NOT_SUPPORTED",
    `python/v1 has no method \`${method}\`${didYouMean(method, Object.keys(pythonMethods))}`,
  ),
});
