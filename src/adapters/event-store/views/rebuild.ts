// Builds a second copy of a model beside the one in use, compares the two where both stand at one place, and swaps.
import { GleitzeitError } from "../../../domain/index.ts";
import type { EventStore, Rebuilt } from "../../../engine/ports/index.ts";
import type { KeptModel } from "../../../projections/index.ts";
import { whenFree } from "../busy.ts";
import { catchUp } from "./catch-up.ts";
import { firstDifference, hashed, inOneState } from "./compare.ts";
import { copiesIn, type Kept, liveOf } from "./copies.ts";
import { clear } from "./inventory.ts";
import type { Session } from "./session.ts";
import { inTransaction } from "./transaction.ts";

export async function rebuild(session: Session, events: EventStore, model: KeptModel): Promise<Rebuilt> {
  const { database, tables, patience } = session;
  const id = await whenFree(
    () =>
      inTransaction(database, "write", () =>
        Number(tables.addCopy.run(model.name, model.version, "building", Date.now()).lastInsertRowid),
      ),
    patience,
  );
  const both = (): readonly Kept[] => [...liveOf(tables, [model]), built(session, model, id)];
  for (;;) {
    await catchUp(session, events, both);
    const found = await inOneState(session, () => compared(session, both()));
    if (!found) continue; // another process has moved one of them on
    await whenFree(() => inTransaction(database, "write", () => swap(both())), patience);
    await clear(session);
    return found;
  }

  function swap([live, next]: readonly Kept[]): void {
    if (!live || !next) return;
    tables.setState.run(live.copy.id, "gone");
    tables.setState.run(next.copy.id, "live");
  }
}

async function compared({ tables }: Session, [live, next]: readonly Kept[]): Promise<Rebuilt | undefined> {
  if (!live || !next || live.copy.position !== next.copy.position) return undefined;
  const before = await hashed(tables, live.copy.id);
  const after = await hashed(tables, next.copy.id);
  const difference =
    before.hash === after.hash ? undefined : await firstDifference(tables, live.copy.id, next.copy.id);
  return { name: next.model.name, position: next.copy.position, ...after, before, difference };
}

function built({ tables }: Session, model: KeptModel, id: number): Kept {
  const copy = copiesIn(tables).find((one) => one.id === id && one.state === "building");
  if (copy) return { model, copy };
  throw new GleitzeitError(
    "PERSISTENCE_WRITE_FAILED",
    `the new copy of ${model.name} was cleared away by another process, to which it looked abandoned; try again`,
  );
}
