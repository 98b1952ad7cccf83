// An event as another program would append it, without this engine.
import { v7 } from "uuid";
import { EventId, instantOf, jcs, parseJson, type RunEvent } from "../../src/domain/index.ts";
import type { NewEvent } from "../../src/engine/ports/index.ts";
import { TENANT } from "./rig.ts";

const utf8 = new TextEncoder();

export function foreignEvent(event: RunEvent): NewEvent {
  return {
    id: EventId.parse(v7()),
    type: event.type,
    schemaVersion: 1,
    recordedAt: instantOf(0),
    metadata: utf8.encode(jcs({ tenant: TENANT, actor: { type: "service", id: "other" } })),
    data: utf8.encode(jcs(parseJson(JSON.stringify(event.data)))),
    salt: new Uint8Array(16),
  };
}
