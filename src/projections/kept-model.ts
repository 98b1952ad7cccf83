// A read model that is kept: a fold whose rows can be set down and taken up again anywhere in the log.
//
// 1. An event changes the row that is named after its run, and may make rows that nothing changes any more
//    (`RUN:REVISION`) until RunArchived takes all of them away, so a stretch of the log needs only the rows of the runs in it, and folding it from those is the
//    same as folding everything.
// 2. Rows are found by index entries, which are a function of the row: whoever keeps them needs no knowledge of it.
// 3. `version` rises whenever the same log would give other rows, texts or entries; what was kept before is then void.
import type { Position, RecordedRunEvent, RunEventType } from "../domain/index.ts";
import type { Folded, Projection } from "./projection.ts";
import type { RowCodec } from "./row-codec.ts";

/** Under `label`, in the order of `at`; `item` tells several of one row apart. */
export type IndexEntry = { readonly label: string; readonly at: bigint; readonly item?: string };

/** `text` is undefined when the row left. */
export type RowChange = {
  /** A run, or one and a revision of it. */
  readonly id: string;
  readonly text: string | undefined;
  readonly gone: readonly IndexEntry[];
  readonly come: readonly IndexEntry[];
};

export type KeptModel = {
  readonly name: string;
  readonly version: number;
  readonly types: ReadonlySet<RunEventType>;
  /**
   * What a stretch of the log does to the rows of its runs, given as they stood at `position`: those named after them, and
   * of runs that it archives all.
   */
  readonly changes: (
    position: Position | "start",
    rows: ReadonlyMap<string, string>,
    stretch: readonly RecordedRunEvent[],
  ) => readonly RowChange[];
};

export type KeptProjection<V extends Folded, R> = {
  readonly name: string;
  readonly version: number;
  readonly projection: Projection<V>;
  readonly rowsOf: (view: V) => Map<string, R>;
  readonly codec: RowCodec<R>;
  readonly entries: (row: R) => readonly IndexEntry[];
};

export const keptModel = <V extends Folded, R>(kept: KeptProjection<V, R>): KeptModel => ({
  name: kept.name,
  version: kept.version,
  types: kept.projection.types,
  changes: (position, texts, stretch) => changesOf(kept, position, texts, stretch),
});

function changesOf<V extends Folded, R>(
  { projection: { types, fold, empty }, rowsOf, codec, entries }: KeptProjection<V, R>,
  position: Position | "start",
  texts: ReadonlyMap<string, string>,
  stretch: readonly RecordedRunEvent[],
): readonly RowChange[] {
  let view = empty();
  view.position = position;
  const stood = new Map<string, readonly IndexEntry[]>();
  for (const [id, text] of texts) {
    const row = codec.row(text);
    stood.set(id, entries(row)); // now: folds may change the row itself
    rowsOf(view).set(id, row);
  }
  for (const recorded of stretch) if (types.has(recorded.event.type)) view = fold(view, recorded);
  const ids = new Set([...texts.keys(), ...rowsOf(view).keys()]);
  return [...ids].flatMap((id) => {
    const row = rowsOf(view).get(id);
    const text = row === undefined ? undefined : codec.text(row);
    if (text === texts.get(id)) return [];
    return { id, text, ...difference(stood.get(id) ?? [], row === undefined ? [] : entries(row)) };
  });
}

const keyOf = ({ label, at, item = "" }: IndexEntry): string => `${at}\n${item}\n${label}`;

function difference(before: readonly IndexEntry[], after: readonly IndexEntry[]) {
  const [had, has] = [before, after].map((entries) => new Map(entries.map((entry) => [keyOf(entry), entry])));
  return {
    gone: [...(had ?? [])].flatMap(([key, entry]) => (has?.has(key) ? [] : entry)),
    come: [...(has ?? [])].flatMap(([key, entry]) => (had?.has(key) ? [] : entry)),
  };
}
