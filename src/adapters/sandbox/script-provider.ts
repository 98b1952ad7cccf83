// A provider of scripts, whatever their language and wherever its interpreters run: each call in an interpreter that
// belongs to its run.
import { didYouMean, errorInfo, errorInfoOf } from "../../domain/index.ts";
import {
  type Clock,
  type Health,
  invalidParams,
  type Outcome,
  paramProblems,
  type ScriptLimits,
  type ScriptOptions,
  type ScriptProvider,
  type SpokenLanguage,
} from "../../engine/ports/index.ts";
import type { Children } from "./children.ts";
import { perform } from "./perform.ts";
import { pool } from "./pool.ts";

type Wanted = Omit<ScriptOptions, "limits"> & {
  readonly clock: Clock;
  readonly limits: ScriptLimits;
  readonly isolation: "run" | "task";
  readonly madeToMeasure: boolean;
  /** Of the layers that hold, those that do not, and what that means. */
  readonly missing: (layers: readonly string[]) => NonNullable<Health["missing"]>;
};

export function scriptProvider(
  spoken: SpokenLanguage,
  family: Children,
  { interpreters, spares = 1, limits, clock, isolation, madeToMeasure, missing }: Wanted,
): ScriptProvider {
  const { language, methods } = spoken;
  const interpretersOfRuns = pool({
    ...limits,
    language,
    size: Math.max(1, interpreters),
    isolation,
    spares,
    madeToMeasure,
    clock,
    start: (run) => family.start(run),
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
        return { status: "healthy", detail, layers, missing: missing(layers) };
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

const unknown = (method: string, { protocol, methods }: SpokenLanguage): Outcome => ({
  ok: false,
  error: errorInfo(
    "METHOD_NOT_SUPPORTED",
    `${protocol} has no method \`${method}\`${didYouMean(method, Object.keys(methods))}`,
  ),
});
