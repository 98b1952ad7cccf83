// Files of read models that earlier versions wrote: used as far as they go, the rest is built, and that is said.
import { cp } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { keptReadModels } from "../../../../src/adapters/event-store/index.ts";
import { folderPerTest } from "../folder.ts";
import { hashes } from "./kept-rig.ts";

const folder = folderPerTest();
const from = (path: string) => fileURLToPath(new URL(`../../../${path}`, import.meta.url));

test("a file without the models of later versions gets them; what it has is not built again", async () => {
  await cp(from("corpus/2026-11-first"), folder.path(), { recursive: true });
  await cp(from("corpus-views/2026-11-two-models/gleitzeit.db.views"), folder.path("old.views"));
  const { events } = await folder.open(folder.path("gleitzeit.db"));
  const told: string[] = [];
  const opened = (name: string) =>
    keptReadModels({
      events,
      path: folder.path(name),
      random: Math.random,
      tell: (message) => told.push(message),
    });
  const [old, fresh] = [opened("old.views"), opened("new.views")];
  const questions = [
    { limit: 9 },
    { limit: 9, error: "TASK_EXECUTION_FAILED" },
    { limit: 9, task: "much" },
  ] as const;
  for (const query of questions)
    expect(await old.runs("main", query)).toEqual(await fresh.runs("main", query));
  expect(told).toEqual([
    "the read model run-list is of version 1, not 3; it is built again from the log",
    "the read model run-activity is new; it is built from the log",
    "the read model failures is new; it is built from the log",
    "the read model recorded-results is new; it is built from the log",
  ]);
  expect(await old.causes("main", { by: "code", limit: 9 })).toEqual(
    await fresh.causes("main", { by: "code", limit: 9 }),
  );
  expect((await old.causes("main", { by: "code", limit: 9 })).total).toBeGreaterThan(0);
  expect(await hashes(old)).toEqual(await hashes(fresh));
  told.length = 0;
  await old.close();
  const again = opened("old.views");
  await again.runs("main", { limit: 1 });
  expect(told).toEqual([]);
  await Promise.all([again.close(), fresh.close()]);
});
