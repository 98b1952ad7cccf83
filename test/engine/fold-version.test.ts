// Snapshots of runs are left aside when FOLD_VERSION rises, and only then: so it has to rise whenever the same events
// fold to another state. Every snapshot that could have been kept of a run in the stores of the corpus is summed up here.
import { createHash } from "node:crypto";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { sqliteStore } from "../../src/adapters/event-store/index.ts";
import { memorySubjectKeys } from "../../src/adapters/keys/index.ts";
import {
  FOLD_VERSION,
  initial,
  jcs,
  parseJson,
  type RunId,
  runOfStream,
  runStream,
  snapshotOf,
  TENANT_MAIN,
} from "../../src/domain/index.ts";
import { reusableOf } from "../../src/engine/forking/reusable.ts";
import type { Store } from "../../src/engine/index.ts";
import { graphs } from "../../src/engine/log/graphs.ts";
import { foldRun, submissionOf } from "../../src/engine/log/history.ts";

/** By FOLD_VERSION and store. A line is added when one of the two is, and never changed. */
const FOLDED: Readonly<Record<string, string>> = {
  "1 2026-11-first": "55f170370857cf490c99e14a4bae11d3d3af7366b1f48a2a9dc2fbcd5a8d72ec",
  "1 2026-11-wide": "0dc55ee5fd657ba3b3b8fd5195a9825c1fb8c49c3438750b0c828b52270133f5",
};

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "gleitzeit-fold-"));
  await cp(fileURLToPath(new URL("../corpus", import.meta.url)), folder, { recursive: true });
});
afterAll(() => rm(folder, { recursive: true }));

async function runsIn({ events }: Store): Promise<ReadonlyMap<RunId, number>> {
  const lengths = new Map<RunId, number>();
  for (let after: Parameters<typeof events.readAll>[0] = "start"; ; ) {
    const page = await events.readAll(after, 1_000);
    for (const { stream, revision } of page.events) {
      const run = runOfStream(stream);
      if (run !== undefined) lengths.set(run, revision + 1);
    }
    const last = page.events.at(-1);
    if (!last) return lengths;
    after = last.position;
  }
}

/** After each event; without a snapshot where there can be none. */
async function* snapshotsOf({ events, blobs }: Store, run: RunId, length: number): AsyncGenerator<string> {
  const first = await submissionOf(events, runStream(run, TENANT_MAIN));
  if (!first) throw new Error(`no run ${run}`);
  const graph = await graphs({ blobs, seals: memorySubjectKeys() }).of(first.event.data, TENANT_MAIN);
  const reusable = await reusableOf(events, first.event.data, TENANT_MAIN, graph);
  const state = initial(graph, reusable);
  for (let until = 0; until < length; until += 1) {
    await foldRun(events, run, TENANT_MAIN, graph, { reusable, from: state, until });
    const { fold: _, ...kept } = snapshotOf(state) ?? {};
    yield jcs(parseJson(JSON.stringify(kept)));
  }
}

test.each(["2026-11-first", "2026-11-wide"])(
  "the events of %s fold to what they always did",
  async (name) => {
    const store = await sqliteStore({ path: join(folder, name, "gleitzeit.db"), random: Math.random });
    try {
      const sum = createHash("sha256");
      let states = 0;
      for (const [run, length] of await runsIn(store)) {
        for await (const snapshot of snapshotsOf(store, run, length)) {
          sum.update(`${snapshot}\n`);
          states += 1;
        }
      }
      expect(states).toBeGreaterThan(20);
      expect(
        `${FOLD_VERSION} ${name} ${sum.digest("hex")}`,
        "the same events fold to another state than before: raise FOLD_VERSION in src/domain/run/snapshot.ts, or snapshots of the version before are gone on with; then add the lines of the new version to FOLDED",
      ).toBe(`${FOLD_VERSION} ${name} ${FOLDED[`${FOLD_VERSION} ${name}`]}`);
    } finally {
      await store.close();
    }
  },
);
