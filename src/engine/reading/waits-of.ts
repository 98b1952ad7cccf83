// What a run waits for, out of its own stream; events that say nothing of that are not even decoded.
import { type RunId, runStream } from "../../domain/index.ts";
import { runWaits, type Wait } from "../../projections/index.ts";
import { decode } from "../log/decode.ts";
import type { Reading } from "./reading.ts";

const PAGE = 1000;

export async function waitsOf({ store, tenant }: Reading, run: RunId): Promise<readonly Wait[]> {
  const stream = runStream(run, tenant);
  const wanted: ReadonlySet<string> = runWaits.types;
  let view = runWaits.empty();
  for (let from = 0; ; from += PAGE) {
    const page = await store.events.read(stream, from, PAGE);
    for (const stored of page) if (wanted.has(stored.type)) view = runWaits.fold(view, decode(stored));
    if (page.length < PAGE) return [...view.waits.values()];
  }
}
