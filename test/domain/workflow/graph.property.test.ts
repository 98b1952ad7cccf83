import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type JsonObject, validate } from "../../../src/domain/index.ts";
import { catalog, compiled, echo, withTasks } from "./catalog.ts";

describe("graphs", () => {
  /** Tasks that depend only on earlier ones, some by declaration, some by reference, listed in any order. */
  const dag = fc
    .array(fc.array(fc.nat(30), { maxLength: 4 }), { minLength: 1, maxLength: 30 })
    .chain((needs) =>
      fc.record({
        needs: fc.constant(needs),
        order: fc.shuffledSubarray([...needs.keys()], { minLength: needs.length }),
      }),
    );

  const tasksOf = (needs: readonly (readonly number[])[], order: readonly number[]): readonly JsonObject[] =>
    order.map((i) => {
      const earlier = i === 0 ? [] : (needs[i] ?? []).map((n) => n % i);
      const [declared, referred] = [earlier.filter((n) => n % 2 === 0), earlier.filter((n) => n % 2 === 1)];
      return echo(`t${i}`, {
        dependencies: declared.map((n) => `t${n}`),
        params: { x: referred.map((n) => `\${t${n}}`) },
      });
    });

  test("dependents mirror dependencies, and both agree with what was written", () => {
    fc.assert(
      fc.property(dag, ({ needs, order }) => {
        const { nodes, sinks, indexOf } = compiled(withTasks(...tasksOf(needs, order)));
        expect(indexOf.size).toBe(needs.length);
        for (const node of nodes) {
          const i = Number(node.id.slice(1));
          const expected = new Set(i === 0 ? [] : (needs[i] ?? []).map((n) => `t${n % i}`));
          expect(new Set(node.dependencies.map((d) => nodes[d]?.id))).toEqual(expected);
          expect(node.dependencies).toEqual([...new Set(node.dependencies)].sort((a, b) => a - b));
          for (const d of node.dependencies) expect(nodes[d]?.dependents).toContain(node.index);
          for (const d of node.dependents) expect(nodes[d]?.dependencies).toContain(node.index);
          expect(sinks.includes(node.index)).toBe(node.dependents.length === 0);
        }
      }),
    );
  });

  test("one edge back makes a circle, and it is found", () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 30 }), fc.nat(), fc.nat(), (size, a, b) => {
        const [from, to] = [Math.min(a % size, b % size), Math.max(a % size, b % size)];
        const chain = Array.from({ length: size }, (_, i) =>
          echo(`t${i}`, { dependencies: i === 0 ? [] : [`t${i - 1}`] }),
        );
        chain[from] = echo(`t${from}`, { dependencies: [`t${to}`, ...(from === 0 ? [] : [`t${from - 1}`])] });
        const { problems } = validate(withTasks(...chain), catalog);
        expect(problems.map(({ code }) => code)).toEqual(["WORKFLOW_CIRCULAR_DEPENDENCY"]);
      }),
    );
  });
});

test("a hundred thousand tasks in a chain are validated and compiled, without a deep stack", () => {
  const tasks = Array.from({ length: 100_000 }, (_, i) =>
    echo(`t${i}`, i === 0 ? {} : { dependencies: [`t${i - 1}`], params: { x: `\${t${i - 1}.x}` } }),
  );
  const graph = compiled(withTasks(...tasks));
  expect(graph.nodes).toHaveLength(100_000);
  expect(graph.sinks).toEqual([99_999]);
});
