import fc from "fast-check";
import { expect, test } from "vitest";
import { circlesIn } from "../../../src/domain/workflow/cycles.ts";
import { tries } from "../tries.ts";

const graphs = fc
  .integer({ min: 1, max: 8 })
  .chain((size) => fc.array(fc.uniqueArray(fc.nat(size - 1)), { minLength: size, maxLength: size }));

/** The number of steps from each node to each other, by trying every node on the way. */
function distances(edges: readonly (readonly number[])[]): readonly (readonly number[])[] {
  const from = edges.map((targets, node) =>
    edges.map((_, to) => (targets.includes(to) && to !== node ? 1 : Infinity)),
  );
  for (const [by, onward] of from.entries())
    for (const row of from)
      for (const [to, more] of onward.entries())
        row[to] = Math.min(row[to] ?? Infinity, (row[by] ?? Infinity) + more);
  return from;
}

test("one circle is told of each knot: a shortest one through its first node, in the order of these", () => {
  fc.assert(
    fc.property(graphs, (edges) => {
      const steps = distances(edges);
      const meets = (a: number, b: number) => (steps[a]?.[b] ?? Infinity) + (steps[b]?.[a] ?? Infinity);
      const firsts = [...edges.keys()].filter(
        (node) =>
          meets(node, node) < Infinity &&
          ![...edges.keys()].some((n) => n < node && meets(n, node) < Infinity),
      );
      const circles = circlesIn(edges);
      expect(circles.map(([first]) => first)).toEqual(firsts);
      for (const circle of circles) {
        const [first = -1] = circle;
        expect(circle).toHaveLength(steps[first]?.[first] ?? 0);
        expect(new Set(circle).size).toBe(circle.length);
        for (const [i, node] of circle.entries())
          expect(edges[node]).toContain(circle[(i + 1) % circle.length]);
      }
    }),
    tries(500),
  );
});
