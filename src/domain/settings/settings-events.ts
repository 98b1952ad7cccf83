// What an operator sets for a tenant while everything runs, in the stream `settings-<tenant>`: flags and quotas.
// STORED FORMAT. Names and fields below are on disk for ever: add, never rename or narrow.
import { z } from "zod";
import { StreamName, TENANT_MAIN } from "../ids.ts";
import type { Json } from "../json.ts";
import { Count, Value } from "../run/parts.ts";
import { event } from "../run/schema.ts";

/** Of a flag or a quota. Also of one that only a newer version has: whoever does not know it leaves it aside. */
const Name = z.string().regex(/^[a-z][a-z0-9_]{0,63}$/);

/** Reasons are kept in clear: they must not name a person. */
const because = { reason: Value.exactOptional() };

const FlagSet = event("FlagSet", { flag: Name, on: z.boolean() }, because);
/** The configuration counts again. */
const FlagCleared = event("FlagCleared", { flag: Name }, because);
const QuotaSet = event("QuotaSet", { quota: Name, limit: Count }, because);
const QuotaCleared = event("QuotaCleared", { quota: Name }, because);

export const SettingsEvent = z.discriminatedUnion("type", [FlagSet, FlagCleared, QuotaSet, QuotaCleared]);
export type SettingsEvent = z.infer<typeof SettingsEvent>;

export const SETTINGS_EVENT_VERSION = 1;

export const settingsStream = (tenant: string = TENANT_MAIN): StreamName =>
  StreamName.parse(`settings-${tenant}`);

/** Undefined for what this version cannot read. */
export function readSettingsEvent(type: string, version: number, data: Json): SettingsEvent | undefined {
  const candidate: unknown = { type, data };
  return version === SETTINGS_EVENT_VERSION && isSettingsEvent(candidate) ? candidate : undefined;
}

/** Checked, then kept as it is: a reader keeps fields that it does not know. */
const isSettingsEvent = (value: unknown): value is SettingsEvent => SettingsEvent.safeParse(value).success;
