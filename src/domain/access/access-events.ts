// Who may come in. A key has a stream of its own, `key-<tenant>.<id>`; who was turned away, and who was given persons' data,
// is counted in `access-<month>`.
// STORED FORMAT. Names and fields below are on disk for ever: add, never rename or narrow.
import { z } from "zod";
import { ErrorCode } from "../errors.ts";
import { RunId, StreamName, TENANT_MAIN } from "../ids.ts";
import { Instant } from "../instant.ts";
import type { Json } from "../json.ts";
import { Count, Value } from "../run/parts.ts";
import { event } from "../run/schema.ts";
import { ROLES } from "./policy.ts";

/** What a key is called everywhere: the middle of `gz_<id>_<secret>`, and its actor's id. */
export const KeyId = z
  .string()
  .regex(/^[0-9a-f]{16}$/)
  .brand<"KeyId">();
export type KeyId = z.infer<typeof KeyId>;

/** SHA-256 of 32 random bytes: nothing that anybody could guess. */
const SecretHash = z.string().regex(/^sha256-[0-9a-f]{64}$/);

const KeyCreated = event(
  "KeyCreated",
  { role: z.enum(ROLES), hash: SecretHash, expiresAt: Instant.exactOptional() },
  {},
);
/** A new secret under the same id; the one before counts until that instant, or no more. */
const KeyRotated = event("KeyRotated", { hash: SecretHash, previousUntil: Instant.exactOptional() }, {});
const KeyRevoked = event("KeyRevoked", {}, { reason: Value.exactOptional() });
/** The first time on a day (UTC): that it is in use is recorded, not each request. */
const KeyUsed = event("KeyUsed", { day: z.iso.date() }, {});

export const KeyEvent = z.discriminatedUnion("type", [KeyCreated, KeyRotated, KeyRevoked, KeyUsed]);
export type KeyEvent = z.infer<typeof KeyEvent>;

/** By key, or by address, which stands there as a keyed hash. */
const Denial = z.object({
  key: KeyId.exactOptional(),
  address: z.string().exactOptional(),
  code: ErrorCode,
  count: Count,
});
export type Denial = z.infer<typeof Denial>;

/** What one server turned away in the minute from `from` on; strangers beyond the first hundred are counted together. */
const AccessDenied = event(
  "AccessDenied",
  { from: Instant, denials: z.array(Denial), others: Count.exactOptional() },
  {},
);
/**
 * Whose data the event's actor was given over HTTP in the minute from `from` on: in answers about these runs, so many. A caller
 * who was given that of more than a hundred runs has several.
 */
const PayloadRead = event(
  "PayloadRead",
  { from: Instant, reads: z.array(z.object({ subject: z.string(), run: RunId, count: Count })) },
  {},
);
export type PayloadRead = z.infer<typeof PayloadRead>;

export const AccessEvent = z.discriminatedUnion("type", [AccessDenied, PayloadRead]);
export type AccessEvent = z.infer<typeof AccessEvent>;

export const ACCESS_EVENT_VERSION = 1;

export const keysOf = (tenant: string = TENANT_MAIN): string => `key-${tenant}.`;
export const keyStream = (id: KeyId, tenant: string = TENANT_MAIN): StreamName =>
  StreamName.parse(`${keysOf(tenant)}${id}`);
/** `access-2026-03`. */
export const accessStream = (at: Instant): StreamName => StreamName.parse(`access-${at.slice(0, 7)}`);

export function keyOfStream(stream: StreamName): KeyId | undefined {
  return stream.startsWith("key-") ? KeyId.safeParse(stream.slice(stream.indexOf(".") + 1)).data : undefined;
}

/** Undefined for what this version cannot read. */
export function readKeyEvent(type: string, version: number, data: Json): KeyEvent | undefined {
  const candidate: unknown = { type, data };
  return version === ACCESS_EVENT_VERSION && isKeyEvent(candidate) ? candidate : undefined;
}

export function readAccessEvent(type: string, version: number, data: Json): AccessEvent | undefined {
  const candidate: unknown = { type, data };
  return version === ACCESS_EVENT_VERSION && isAccessEvent(candidate) ? candidate : undefined;
}

/** Checked, then kept as it is: a reader keeps fields that it does not know. */
const isKeyEvent = (value: unknown): value is KeyEvent => KeyEvent.safeParse(value).success;
const isAccessEvent = (value: unknown): value is AccessEvent => AccessEvent.safeParse(value).success;
