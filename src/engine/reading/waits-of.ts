// What a run waits for, out of its own stream; events that say nothing of that are not even decoded.
import { type RunId, runStream } from "../../domain/index.ts";
import { runWaits, type Wait } from "../../projections/index.ts";
import { decode } from "../log/decode.ts";
import { storedIn } from "../log/stored-in.ts";
import type { Reading } from "./reading.ts";

export async function waitsOf({ store, tenant }: Reading, run: RunId): Promise<readonly Wait[]> {
  const wanted: ReadonlySet<string> = runWaits.types;
  let view = runWaits.empty();
  for await (const stored of storedIn(store.events, runStream(run, tenant))) {
    if (wanted.has(stored.type)) view = runWaits.fold(view, decode(stored));
  }
  return [...view.waits.values()];
}
