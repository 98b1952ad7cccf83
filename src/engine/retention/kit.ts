// What retention works with.
import type { Actor } from "../../domain/index.ts";
import type { Payloads } from "../log/decode.ts";
import type { Archives, EventStore, Removal, Snapshots } from "../ports/index.ts";
import type { Noting } from "../subjects/noted.ts";
import type { PlanningKit } from "./plan.ts";

export type RetentionKit = PlanningKit &
  Noting &
  Pick<Payloads, "blobs"> & {
    readonly events: EventStore;
    readonly removal: Removal;
    readonly archives: Archives;
    readonly snapshots?: Snapshots;
    readonly actor: Actor;
  };
