// Sees to it that each model has one copy in use, of this version and of this log, and clears away what nobody needs.
import { setImmediate } from "node:timers/promises";
import type { EventStore } from "../../../engine/ports/index.ts";
import type { KeptModel } from "../../../projections/index.ts";
import { whenFree } from "../busy.ts";
import { type Copy, copiesIn, isBefore } from "./copies.ts";
import type { Session } from "./session.ts";
import { inTransaction } from "./transaction.ts";

/** A copy that nobody has added to for so long was left by a process that died while it built it. */
const ABANDONED_MS = 60_000;
const AT_ONCE = 2_000;

export async function takeStock(
  session: Session,
  events: EventStore,
  models: readonly KeptModel[],
  tell: (message: string) => void,
): Promise<void> {
  const { database, tables, patience } = session;
  const copies = await whenFree(() => copiesIn(tables), patience);
  const foreign = new Set<number>();
  for (const copy of copies) {
    if (copy.state === "live" && !(await isOfThisLog(events, copy))) foreign.add(copy.id);
  }
  const told = await whenFree(
    () => inTransaction(database, "write", () => settle(session, models, foreign)),
    patience,
  );
  for (const message of told) tell(message);
  await clear(session);
}

/** Its last event stands where it stood. */
async function isOfThisLog(events: EventStore, { position, anchor }: Copy): Promise<boolean> {
  if (position === "start") return true;
  if (isBefore(await events.head(), position)) return false;
  if (!anchor) return true;
  const { events: found } = await events.readAll(anchor.after, 1, "run-");
  return found[0]?.id === anchor.id;
}

/** Inside a transaction; answers what is to be told. */
function settle(
  { tables }: Session,
  models: readonly KeptModel[],
  foreign: ReadonlySet<number>,
): readonly string[] {
  const told: string[] = [];
  const now = Date.now();
  const isOlder = copiesIn(tables).some(({ state, position }) => state === "live" && position !== "start");
  for (const model of models) {
    const live = copiesIn(tables).find(({ state, model: name }) => state === "live" && name === model.name);
    if (live && live.version === model.version && !foreign.has(live.id)) continue;
    if (live) {
      const why = foreign.has(live.id) ? "another log" : `version ${live.version}, not ${model.version}`;
      told.push(`the read model ${model.name} is of ${why}; it is built again from the log`);
      tables.setState.run(live.id, "gone");
    } else if (isOlder) told.push(`the read model ${model.name} is new; it is built from the log`);
    tables.addCopy.run(model.name, model.version, "live", now);
  }
  for (const { id, state, touched } of copiesIn(tables)) {
    if (state === "building" && now - touched > ABANDONED_MS) tables.setState.run(id, "gone");
  }
  return told;
}

/** In many short transactions, so that others get their turn. */
export async function clear({ database, tables, patience }: Session): Promise<void> {
  const gone = (await whenFree(() => copiesIn(tables), patience)).filter(({ state }) => state === "gone");
  for (const { id } of gone) {
    const some = (): number =>
      tables.clearEntries.all(id, AT_ONCE).length || tables.clearRows.all(id, AT_ONCE).length;
    while ((await whenFree(() => inTransaction(database, "write", some), patience)) > 0) await setImmediate();
    await whenFree(
      () =>
        inTransaction(database, "write", () => {
          tables.clearLabels.run(id);
          tables.clearCopy.run(id);
        }),
      patience,
    );
  }
}
