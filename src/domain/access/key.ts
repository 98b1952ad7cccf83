// A key as its stream tells it, and whether it lets anybody in.
import { type Instant, millisOf } from "../instant.ts";
import type { Actor } from "../run/metadata.ts";
import type { KeyEvent, KeyId } from "./access-events.ts";
import type { Role } from "./policy.ts";

export type Key = {
  readonly id: KeyId;
  readonly role: Role;
  readonly hash: string;
  /** Before the last rotation, while it still counts. */
  readonly previous?: { readonly hash: string; readonly until: Instant };
  readonly createdAt: Instant;
  readonly createdBy: Actor;
  readonly expiresAt?: Instant;
  readonly rotatedAt?: Instant;
  readonly revokedAt?: Instant;
  /** The last day (UTC) on which it was used. */
  readonly usedOn?: string;
};

type Recorded = {
  readonly id: KeyId;
  readonly at: Instant;
  readonly actor: Actor;
  readonly event: KeyEvent;
};

/** A stream begins with KeyCreated; whatever else comes first is left aside. */
export function evolveKey(key: Key | undefined, { id, at, actor, event }: Recorded): Key | undefined {
  if (event.type === "KeyCreated") {
    const { role, hash, expiresAt } = event.data;
    return {
      id,
      role,
      hash,
      createdAt: at,
      createdBy: actor,
      ...(expiresAt !== undefined && { expiresAt }),
    };
  }
  if (!key) return undefined;
  switch (event.type) {
    case "KeyRotated": {
      const { previous: _, ...rest } = key;
      const { hash, previousUntil: until } = event.data;
      return {
        ...rest,
        hash,
        rotatedAt: at,
        ...(until !== undefined && { previous: { hash: key.hash, until } }),
      };
    }
    case "KeyRevoked":
      return { ...key, revokedAt: key.revokedAt ?? at };
    case "KeyUsed":
      return { ...key, usedOn: event.data.day };
  }
}

export const isOver = ({ expiresAt, revokedAt }: Key, now: number): boolean =>
  revokedAt !== undefined || (expiresAt !== undefined && millisOf(expiresAt) <= now);

/** The hashes of secrets that let somebody in at that instant. */
export function hashesThatCount(key: Key, now: number): readonly string[] {
  if (isOver(key, now)) return [];
  const { hash, previous } = key;
  return previous && millisOf(previous.until) > now ? [hash, previous.hash] : [hash];
}
