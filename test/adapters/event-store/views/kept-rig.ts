// A store with runs in it, and read models kept beside it, opened as processes would.
import { afterEach, beforeEach } from "vitest";
import { keptReadModels } from "../../../../src/adapters/event-store/index.ts";
import type { EventStore, ReadModels, Store } from "../../../../src/engine/ports/index.ts";
import { NOON, started, submitted } from "../../../domain/run/given.ts";
import { recorded, runNumber } from "../../../projections/histories.ts";
import { type Folder, folderPerTest } from "../folder.ts";
import { append } from "./logs.ts";

export type KeptRig = {
  readonly folder: Folder;
  readonly store: () => Store;
  /** Of the kept file. */
  readonly views: () => string;
  /** What an operator was told. */
  readonly told: string[];
  /** As another process; closed with the test. */
  readonly opened: (events?: EventStore, path?: string) => ReadModels;
  /** Runs first to last are submitted and started. */
  readonly runs: (first: number, last: number, store?: Store) => Promise<void>;
  /** As a command does: open, ask, close. */
  readonly asked: <T>(question: (models: ReadModels) => Promise<T>) => Promise<T>;
};

export const hashes = async (models: ReadModels): Promise<readonly string[]> =>
  (await models.states()).map(({ hash }) => hash);

export const running = async (models: ReadModels): Promise<number | undefined> =>
  (await models.counts("main")).get("running");

export function keptRig(): KeptRig {
  const folder = folderPerTest();
  const told: string[] = [];
  const open: ReadModels[] = [];
  let current: Store | undefined;
  beforeEach(async () => {
    told.length = 0;
    current = await folder.open(folder.path("gz.db"));
  });
  afterEach(async () => {
    for (const models of open.splice(0)) await models.close();
  });

  function store(): Store {
    if (!current) throw new Error("only inside a test");
    return current;
  }
  const views = (): string => folder.path("gz.db.views");

  function opened(events: EventStore = store().events, path = views()): ReadModels {
    const models = keptReadModels({
      events,
      path,
      random: Math.random,
      tell: (message) => told.push(message),
    });
    open.push(models);
    return models;
  }

  async function runs(first: number, last: number, { events }: Store = store()): Promise<void> {
    for (let n = first; n <= last; n += 1) {
      const two = [submitted, started].map((event, revision) =>
        recorded(event, NOON + n * 1000, revision, 1, runNumber(n)),
      );
      for (const one of two) await append(events, one);
    }
  }

  async function asked<T>(question: (models: ReadModels) => Promise<T>): Promise<T> {
    const models = opened();
    const answer = await question(models);
    await models.close();
    return answer;
  }

  return { folder, store, views, told, opened, runs, asked };
}
