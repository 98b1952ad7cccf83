// The whole log through one projection; events of types that do not concern it are not even decoded.

import type { Folded, Projection } from "../../projections/index.ts";
import { decode } from "../decode.ts";
import type { Reading } from "./reading.ts";

const PAGE = 1000;

export async function folded<V extends Folded>(
  { store }: Pick<Reading, "store">,
  { types, fold, empty }: Projection<V>,
): Promise<V> {
  const wanted: ReadonlySet<string> = types;
  let view = empty();
  for (let after: bigint | "start" = "start"; ; ) {
    const page = await store.events.readAll(after, PAGE, "run-");
    for (const stored of page.events) if (wanted.has(stored.type)) view = fold(view, decode(stored));
    if (page.atHead) return view;
    after = page.next;
  }
}
