// Read models kept in a file of their own. Whatever happens to that file costs time, never an answer.
import { GleitzeitError } from "../../../domain/index.ts";
import type { EventStore, ReadModels } from "../../../engine/ports/index.ts";
import {
  type KeptModel,
  keptActiveRuns,
  keptFailures,
  keptRecordedResults,
  keptRunActivity,
  keptRunList,
} from "../../../projections/index.ts";
import { whenFree } from "../busy.ts";
import { storeClosed } from "../closed.ts";
import { activeOnes, counts, dueOnes, resultUnder, submittedRuns } from "./answers.ts";
import { catchUp } from "./catch-up.ts";
import { liveOf } from "./copies.ts";
import { causes, failurePage } from "./failure-answers.ts";
import { rebuild } from "./rebuild.ts";
import { runPage } from "./run-page.ts";
import type { Session } from "./session.ts";
import { stateOf } from "./state.ts";
import type { Tables } from "./tables.ts";
import { inTransaction } from "./transaction.ts";
import { type KeptFile, untilItWorks } from "./until-it-works.ts";

export type ReadModelOptions = KeptFile & {
  readonly events: EventStore;
  /** In [0, 1). */
  readonly random: () => number;
  /** How long to wait for other processes that hold the file before going on without it. */
  readonly patienceMs?: number;
};

const MODELS: readonly KeptModel[] = [
  keptRunList,
  keptActiveRuns,
  keptRunActivity,
  keptFailures,
  keptRecordedResults,
];

export function keptReadModels({ random, patienceMs = 10_000, ...file }: ReadModelOptions): ReadModels {
  const { events } = file;
  const { use, close } = untilItWorks({ ...file, models: MODELS, patience: { random, patienceMs } });
  let last: Promise<unknown> = Promise.resolve();
  let closing: Promise<void> | undefined;

  /** One after the other: there is one connection, and a transaction on it is everybody's. */
  function inTurn<T>(call: () => Promise<T>): Promise<T> {
    const mine = last.then(call, call);
    last = mine;
    return mine;
  }

  const ask = <T>(question: (session: Session) => T | Promise<T>): Promise<T> =>
    closing ? Promise.reject(storeClosed()) : inTurn(() => use(question));

  /** Of the copies of these models that are in use, brought up to the log's head; in one state of the file. */
  const asked = <T>(
    models: readonly KeptModel[],
    question: (tables: Tables, ...copies: readonly number[]) => T,
  ): Promise<T> =>
    ask(async (session) => {
      const { tables, patience, database } = session;
      await catchUp(session, events, () => liveOf(tables, MODELS));
      const answer = (): T => question(tables, ...liveOf(tables, models).map(({ copy }) => copy.id));
      return whenFree(() => inTransaction(database, "read", answer), patience);
    });

  return {
    runs: (tenant, query) =>
      asked([keptRunList, keptRunActivity], (tables, list = 0, activity = 0) =>
        runPage(tables, { list, activity }, tenant, query),
      ),
    counts: (tenant) => asked([keptRunList], (tables, copy = 0) => counts(tables, copy, tenant)),
    submitted: (tenant, day) =>
      asked([keptRunList], (tables, copy = 0) => submittedRuns(tables, copy, tenant, day)),
    active: (tenant, limit) =>
      asked([keptActiveRuns], (tables, copy = 0) => activeOnes(tables, copy, tenant, limit)),
    due: (tenant, limit) =>
      asked([keptActiveRuns], (tables, copy = 0) => dueOnes(tables, copy, tenant, limit)),
    failures: (tenant, query) =>
      asked([keptFailures], (tables, copy = 0) => failurePage(tables, copy, tenant, query)),
    causes: (tenant, query) =>
      asked([keptFailures], (tables, copy = 0) => causes(tables, copy, tenant, query)),
    result: (tenant, key) =>
      asked([keptRecordedResults], (tables, copy = 0) => resultUnder(tables, copy, tenant, key)),
    states: () => ask((session) => oneByOne(MODELS, (model) => stateOf(session, events, model))),
    rebuild: (name) => ask((session) => oneByOne(named(name), (model) => rebuild(session, events, model))),
    close: () => {
      closing ??= inTurn(close);
      return closing;
    },
  };
}

async function oneByOne<T>(
  models: readonly KeptModel[],
  call: (model: KeptModel) => Promise<T>,
): Promise<readonly T[]> {
  const done: T[] = [];
  for (const model of models) done.push(await call(model));
  return done;
}

function named(name: string | undefined): readonly KeptModel[] {
  const found = MODELS.filter((model) => name === undefined || model.name === name);
  if (found.length > 0) return found;
  const names = MODELS.map((model) => model.name).join(", ");
  throw new GleitzeitError("USAGE_ERROR", `no read model ${name}; there are ${names}`);
}
