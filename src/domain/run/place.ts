import type { Revision } from "../ids.ts";
import type { Millis } from "../instant.ts";

/** Where and when an event stands in its stream. */
export type Place = { readonly revision: Revision; readonly at: Millis };
