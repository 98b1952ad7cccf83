// Registering, finding and opening, on every kind of store, and by two at once.
import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { eventStoreDb } from "../../../src/adapters/event-store/eventstoredb/index.ts";
import { memoryStore } from "../../../src/adapters/event-store/index.ts";
import { systemClock } from "../../../src/adapters/host/index.ts";
import { readDefinition } from "../../../src/domain/index.ts";
import { capturedText } from "../../../src/engine/index.ts";
import type { Store } from "../../../src/engine/ports/index.ts";
import { findRegistered } from "../../../src/engine/registered/find-registered.ts";
import { openRegistered } from "../../../src/engine/registered/open-registered.ts";
import type { RegistrationRequest } from "../../../src/engine/registered/register.ts";
import { allRegistrations } from "../../../src/engine/registered/registrations.ts";
import { capturedWorkflows } from "../../../src/engine/submitting/captured-workflows.ts";
import { simulator } from "../../adapters/event-store/eventstoredb/simulator/simulator.ts";
import { CLI, rig, TENANT, workflow } from "../rig.ts";

const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

type Opened = { readonly store: Store; readonly close: () => Promise<void> };

const STORES: readonly (readonly [string, () => Promise<Opened>])[] = [
  [
    "memory",
    async () => {
      const store = memoryStore();
      return { store, close: () => store.close() };
    },
  ],
  [
    "EventStoreDB",
    async () => {
      const server = await simulator({ batch: true });
      const store = await eventStoreDb({
        url: server.url(),
        place: "esdb",
        clock: systemClock(),
        random: () => 0.5,
      });
      return {
        store,
        close: async () => {
          await store.close();
          server.stop();
        },
      };
    },
  ],
];

const file = (path: string, content: string) => capturedText(path, new TextEncoder().encode(content), sha256);

const request = (name: string, version: number): RegistrationRequest => ({
  tenant: TENANT,
  definition: readDefinition({ name, version, tasks: [{ id: "t", method: "test/do" }] }),
  source: file("t.yaml", `version ${version}`),
  files: [{ ...file("s.js", `result = ${version}`), shared: true }],
  workflows: {
    calls: { "inner.yaml": 0 },
    list: [
      { definition: workflow([{ id: "work" }]), source: file("inner.yaml", "inner"), files: [], calls: {} },
    ],
  },
  folders: { document: "/a", working: "/b" },
});

describe.each(STORES)("registered workflows on %s", (_, open) => {
  test("come back whole, with every version", async () => {
    const { store, close } = await open();
    const { engine } = rig({ providers: [], store });
    for (const version of [1, 2]) await engine.register(request("One", version), CLI);
    await engine.register(request("Two", 1), CLI);
    expect((await engine.register(request("Two", 1), CLI)).created).toBe(false);
    const registry = { store, tenant: TENANT, sha256 };
    const { registration, all } = await findRegistered(registry, "one");
    expect(all.map(({ event }) => event.data.workflow.version)).toEqual(["1", "2"]);
    const opened = await openRegistered(registry, registration);
    const { workflows, ...given } = request("One", 2);
    expect(opened).toMatchObject({
      definition: given.definition,
      source: given.source,
      files: given.files,
      folders: given.folders,
      workflows: { calls: workflows?.calls },
    });
    expect(opened.workflows.list.map(({ definition }) => definition)).toEqual(
      workflows?.list.map(({ definition }) => definition),
    );
    expect((await allRegistrations(store.events, TENANT)).map((one) => one.length)).toEqual([2, 1]);
    await engine.close();
    await close();
  });
});

test("of two that register at once each version stands once, in some order", async () => {
  const store = memoryStore();
  const engines = [rig({ providers: [], store }), rig({ providers: [], store })];
  await Promise.all(
    engines.flatMap(({ engine }, i) => [0, 1, 2].map((n) => engine.register(request("One", i * 3 + n), CLI))),
  );
  const { all } = await findRegistered({ store, tenant: TENANT, sha256 }, "One");
  expect(all.map(({ event }) => event.data.workflow.version).toSorted()).toEqual([
    "0",
    "1",
    "2",
    "3",
    "4",
    "5",
  ]);
  expect(all.map(({ revision }) => revision)).toEqual([0, 1, 2, 3, 4, 5]);
});

test("whatever calls whatever: what is captured has no circle and at most 100 levels, or is refused", async () => {
  const graph = fc.array(fc.array(fc.nat(11), { maxLength: 3 }), { minLength: 12, maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(graph, async (edges) => {
      const definition = (n: number) =>
        readDefinition({
          name: `w${n}`,
          tasks: [
            { id: "t", method: "a/b" },
            ...(edges[n] ?? []).map((to, i) => ({ id: `t${i}`, workflow: `w${to}` })),
          ],
        });
      const find = async (name: string) => {
        const n = Number(name.slice(1));
        return { key: name, definition: definition(n), files: [], from: undefined };
      };
      const found = await capturedWorkflows(definition(0), undefined, find).then(
        () => "captured",
        (error: unknown) => (error instanceof Error && "code" in error ? error.code : error),
      );
      expect(found).toBe(isCircular(edges) ? "WORKFLOW_CIRCULAR_DEPENDENCY" : "captured");
    }),
    { numRuns: 300 },
  );
});

/** The plain way: walk every path from below the first. */
function isCircular(edges: readonly (readonly number[])[]): boolean {
  const reached = new Set<number>();
  const grow = (n: number): void => {
    for (const to of edges[n] ?? []) if (!reached.has(to)) [reached.add(to), grow(to)];
  };
  grow(0);
  const returns = (from: number): boolean => {
    const seen = new Set<number>();
    const walk = (n: number): boolean =>
      (edges[n] ?? []).some((to) => {
        if (to === from) return true;
        if (seen.has(to)) return false;
        seen.add(to);
        return walk(to);
      });
    return walk(from);
  };
  return [...reached].some(returns);
}
