// What a projection does on each type of event that concerns it; the others pass it by.
import {
  type RecordedRunEvent,
  RUN_EVENT_TYPES,
  type RunEventOf,
  type RunEventType,
} from "../domain/index.ts";

type DataOf = { readonly [T in RunEventType]: RunEventOf<T>["data"] };

export type Reactions<V, R> = {
  readonly [T in RunEventType]?: (view: V, data: DataOf[T], recorded: RecordedRunEvent) => R;
};

/** Undefined when the type is of no concern. */
export function react<V, R>(table: Reactions<V, R>, view: V, recorded: RecordedRunEvent): R | undefined {
  return reactTo(table, view, recorded.event, recorded);
}

type EventOf<T extends RunEventType> = { [K in T]: { readonly type: K; readonly data: DataOf[K] } }[T];

function reactTo<V, R, T extends RunEventType>(
  table: Reactions<V, R>,
  view: V,
  { type, data }: EventOf<T>,
  recorded: RecordedRunEvent,
): R | undefined {
  return table[type]?.(view, data, recorded);
}

export const typesOf = <V, R>(table: Reactions<V, R>): ReadonlySet<RunEventType> =>
  new Set(RUN_EVENT_TYPES.filter((type) => table[type] !== undefined));

/** One reaction for whatever happens. */
export const onAny = <V>(apply: (view: V, recorded: RecordedRunEvent) => void): Reactions<V, void> =>
  Object.fromEntries(
    RUN_EVENT_TYPES.map((type) => [
      type,
      (view: V, _: unknown, recorded: RecordedRunEvent) => apply(view, recorded),
    ]),
  );
