import fc from "fast-check";
import type { Graph } from "../../../src/domain/workflow/graph.ts";
import { type GraphSpec, graphOf, type TaskSpec } from "./graph-of.ts";

/** Tasks t0 … tn; each may depend on earlier ones, so that there are no cycles. */
export const graphs: fc.Arbitrary<Graph> = fc
  .record({
    tasks: fc.array(
      fc.record({
        after: fc.array(fc.nat(), { maxLength: 3 }),
        onFailure: fc.constantFrom("fail", "continue", "pause" as const),
        maxAttempts: fc.integer({ min: 1, max: 3 }),
        priority: fc.constantFrom("low", "normal", "high", "urgent" as const),
        onWorkerLost: fc.constantFrom("retry", "fail" as const),
        each: fc.option(fc.record({ failFast: fc.boolean(), maxParallel: fc.integer({ min: 1, max: 3 }) }), {
          nil: undefined,
        }),
        fallbacks: fc.array(fc.constantFrom("other", "last"), { maxLength: 2 }),
        asks: fc.boolean(),
      }),
      { minLength: 1, maxLength: 8 },
    ),
    maxParallelTasks: fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined }),
    failFast: fc.boolean(),
    timeoutMs: fc.option(fc.integer({ min: 1000, max: 20_000 }), { nil: undefined }),
  })
  .map(({ tasks, ...more }) => {
    const spec: Record<string, TaskSpec> = {};
    tasks.forEach((one, i) => {
      const after = i === 0 ? [] : [...new Set(one.after.map((n) => `t${n % i}`))];
      spec[`t${i}`] = {
        after,
        onFailure: one.onFailure,
        onWorkerLost: one.onWorkerLost,
        fallbacks: one.fallbacks,
        ...(one.asks && { when: { statuses: after } }),
        priority: one.priority,
        retry: { maxAttempts: one.maxAttempts },
        ...(one.each && { each: one.each }),
      };
    });
    return graphOf(spec satisfies GraphSpec, more);
  });
