// One event with its values in clear, and with the content of what it refers to, each piece once.
import { GleitzeitError, type JsonObject } from "../../domain/index.ts";
import { decode, type Payloads } from "../log/decode.ts";
import { hashesIn } from "../log/hashes-in.ts";
import { contentsOf, sealingOf } from "../log/sealing.ts";
import type { StoredEvent } from "../ports/index.ts";
import { base64 } from "../secrets/secret-forms.ts";
import { eventJson } from "./event-json.ts";

export async function* openedEvent(
  stored: StoredEvent,
  tenant: string,
  payloads: Payloads,
  seen: Set<string>,
): AsyncGenerator<JsonObject> {
  const recorded = decode(stored);
  const { data } = recorded.event;
  yield { event: { ...(await eventJson(recorded, { store: payloads, tenant })) } };
  const sealing = await sealingOf(data, tenant, payloads.seals);
  const contents = contentsOf(payloads.blobs, sealing);
  for (const hash of [...hashesIn(stored.data).hashes].filter((one) => !seen.has(one))) {
    seen.add(hash);
    const bytes = await readable(() => contents.get(tenant, hash));
    if (bytes) yield { blob: { hash, base64: base64(bytes) } };
  }
}

/** Documents and lists are in clear, and are not about the person; what is erased cannot be given. */
async function readable(read: () => Promise<Uint8Array | undefined>): Promise<Uint8Array | undefined> {
  try {
    return await read();
  } catch (error) {
    if (
      error instanceof GleitzeitError &&
      ["PERSISTENCE_INTEGRITY_ERROR", "SUBJECT_ERASED"].includes(error.code)
    )
      return undefined;
    throw error;
  }
}
