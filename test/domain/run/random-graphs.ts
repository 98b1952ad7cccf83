// Random graphs of tasks of all kinds.
import fc from "fast-check";
import type { Graph } from "../../../src/domain/workflow/graph.ts";
import { type GraphSpec, graphOf, type TaskSpec } from "./graph-of.ts";

/** What a task may be beside the call of a method. */
const KINDS = [
  { wait: { kind: "timer" } },
  { wait: { kind: "signal", signal: "go" } },
  { wait: { kind: "signal", signal: "stop", timeoutMs: 2000 } },
  { approval: { min: 2, onTimeout: "fail" } },
  { approval: { min: 1, timeoutMs: 1500, onTimeout: "approve" } },
  { agent: { tools: ["add", "send"], asks: ["send"] } },
] as const satisfies readonly TaskSpec[];

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
        kind: fc.option(fc.constantFrom(...KINDS), { nil: undefined }),
        each: fc.option(fc.record({ failFast: fc.boolean(), maxParallel: fc.integer({ min: 1, max: 3 }) }), {
          nil: undefined,
        }),
        fallbacks: fc.array(fc.constantFrom("other", "last"), { maxLength: 2 }),
        asks: fc.boolean(),
        compensate: fc.boolean(),
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
        // a wait that is too late again and again would pause its run for ever
        onFailure: one.kind && one.onFailure === "pause" ? "continue" : one.onFailure,
        onWorkerLost: one.onWorkerLost,
        fallbacks: one.kind ? [] : one.fallbacks,
        ...(one.asks && { when: { statuses: after } }),
        compensate: one.compensate,
        priority: one.priority,
        retry: { maxAttempts: one.maxAttempts },
        ...one.kind,
        ...(one.each && !(one.kind && "agent" in one.kind) && { each: one.each }),
      };
    });
    return graphOf(spec satisfies GraphSpec, more);
  });

/** The same with fewer kinds of tasks and no limits. */
export const smallGraphs: fc.Arbitrary<Graph> = fc
  .array(
    fc.record({
      after: fc.array(fc.nat(), { maxLength: 3 }),
      continues: fc.boolean(),
      waits: fc.boolean(),
      compensate: fc.boolean(),
      maxAttempts: fc.integer({ min: 1, max: 3 }),
    }),
    { minLength: 1, maxLength: 6 },
  )
  .map((tasks) => {
    const spec: Record<string, TaskSpec> = {};
    tasks.forEach(({ after, continues, maxAttempts, waits, compensate }, i) => {
      spec[`t${i}`] = {
        after: i === 0 ? [] : [...new Set(after.map((n) => `t${n % i}`))],
        compensate,
        onFailure: continues ? "continue" : "fail",
        retry: { maxAttempts },
        ...(waits && { wait: { kind: "timer" } }),
      };
    });
    return graphOf(spec);
  });
