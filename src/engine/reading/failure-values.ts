import { runStream } from "../../domain/index.ts";
import type { Failure } from "../../projections/index.ts";
import { decode, openValues } from "../log/decode.ts";
import type { Values } from "../log/encode.ts";
import type { Reading } from "./reading.ts";

/** Of an event of the run in which it failed. */
export async function valuesAt(
  { store }: Reading,
  { run, tenant }: Failure,
  revision: number,
): Promise<Values> {
  const [stored] = await store.events.readMany(runStream(run, tenant), [revision]);
  return stored ? openValues(decode(stored), tenant, store) : {};
}
