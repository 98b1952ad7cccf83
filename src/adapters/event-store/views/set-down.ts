// Sets down what a stretch of the log does to a copy: rows, their index entries, and the position, all or nothing.
import type { RecordedRunEvent } from "../../../domain/index.ts";
import type { IndexEntry, RowChange } from "../../../projections/index.ts";
import { firstOf } from "../driver.ts";
import { type Copy, isBefore, type Kept, type Place } from "./copies.ts";
import type { Tables } from "./tables.ts";

export type Stretch = {
  readonly events: readonly RecordedRunEvent[];
  readonly next: Place;
  /** The last event of the stretch, and what it comes after. */
  readonly anchor: Copy["anchor"];
  readonly now: number;
};

/** Inside a transaction. False, with nothing done, when somebody else has moved the copy on. */
export function setDown(
  tables: Tables,
  { model, copy }: Kept,
  { events, next, anchor, now }: Stretch,
): boolean {
  if (firstOf(tables.position, copy.id) !== String(copy.position)) return false;
  if (!isBefore(copy.position, next)) return true;
  const keys = new Map<string, number>();
  const texts = new Map<string, string>();
  for (const run of new Set(events.map((recorded) => recorded.run))) {
    const found = tables.row.get(copy.id, run);
    if (!found) continue;
    keys.set(run, Number(found[0]));
    texts.set(run, String(found[1]));
  }
  for (const { run } of events.filter(({ event }) => event.type === "RunArchived")) {
    for (const [key, id, text] of tables.rowsOfRun.all(copy.id, `${run}:`, `${run};`)) {
      keys.set(String(id), Number(key));
      texts.set(String(id), String(text));
    }
  }
  const entries = entriesOf(tables, copy.id);
  for (const change of model.changes(copy.position, texts, events)) {
    const key = keyAfter(tables, copy.id, keys.get(change.id), change);
    for (const entry of change.gone) entries.remove(entry, key);
    for (const entry of change.come) entries.add(entry, key);
  }
  entries.count();
  tables.advance.run(
    copy.id,
    String(next),
    now,
    anchor ? String(anchor.after) : null,
    anchor ? anchor.id : null,
  );
  return true;
}

function keyAfter(tables: Tables, copy: number, key: number | undefined, { id, text }: RowChange): number {
  if (key === undefined) return Number(tables.addRow.run(copy, id, text ?? "").lastInsertRowid);
  if (text === undefined) tables.removeRow.run(key);
  else tables.changeRow.run(key, text);
  return key;
}

/** Labels are looked up and counted once for the whole stretch. */
function entriesOf(tables: Tables, copy: number) {
  type Label = { readonly id: number; change: number; least: bigint };
  const labels = new Map<string, Label>();

  function labelOf({ label, at }: IndexEntry): Label {
    const known = labels.get(label);
    if (known) return known;
    const id = firstOf(tables.label, copy, label) ?? tables.addLabel.run(copy, label, at).lastInsertRowid;
    const found = { id: Number(id), change: 0, least: at };
    labels.set(label, found);
    return found;
  }

  return {
    add(entry: IndexEntry, key: number): void {
      const label = labelOf(entry);
      label.change += 1;
      if (entry.at < label.least) label.least = entry.at;
      tables.addEntry.run(label.id, entry.at, key, entry.item ?? "");
    },
    remove(entry: IndexEntry, key: number): void {
      const label = labelOf(entry);
      label.change -= 1;
      tables.removeEntry.run(label.id, entry.at, key, entry.item ?? "");
    },
    count(): void {
      for (const { id, change, least } of labels.values()) tables.countLabel.run(id, change, least);
    },
  };
}
