// What a system does not offer is told, with what that leaves open, for each language.
import { expect, test } from "vitest";
import { processGroups } from "../../../src/adapters/processes/index.ts";
import { missingLayers } from "../../../src/adapters/sandbox/layers.ts";
import { box } from "../providers/javascript/box.ts";
import { sandbox } from "../providers/python/sandbox.ts";

/** A system on which none of the wrappers works. */
const bare = () => {
  const real = processGroups();
  return {
    ...real,
    spawn: (program: Parameters<typeof real.spawn>[0]) =>
      real.spawn(program.args.at(-1)?.endsWith("/true") ? { ...program, command: "/bin/false" } : program),
  };
};

test.each([
  ["python", sandbox],
  ["javascript", box],
])("%s runs with what Node itself gives, and says what is missing", async (_name, open) => {
  const opened = open({ processes: bare(), interpreters: 1, spares: 0 });
  const health = await opened.provider.health?.();
  expect(health).toMatchObject({ status: "healthy" });
  for (const layer of ["permission-model", "no-code-generation", "memory-cap", "no-environment"]) {
    expect(health?.layers).toContain(layer);
  }
  expect(health?.missing?.map(({ layer }) => layer)).toEqual([
    "network-namespace",
    "process-namespace",
    "data-limit",
    "dies-with-parent",
  ]);
  for (const { means } of health?.missing ?? []) expect(means).not.toBe("");
  await opened.close();
});

test("nothing is missing where every layer holds", () => {
  const all = missingLayers([]).map(({ layer }) => layer);
  expect(all.length).toBeGreaterThan(8);
  expect(missingLayers(all)).toEqual([]);
});
