// The document of a run as it was submitted.
import { type Json, parseJson } from "../../domain/index.ts";
import { readBlob } from "../log/decode.ts";
import type { Reading } from "./reading.ts";

const utf8 = new TextDecoder();

export async function definitionOf({ store, tenant }: Reading, hash: string): Promise<Json> {
  return parseJson(utf8.decode(await readBlob(hash, tenant, store.blobs)));
}
