// What commands are given to serve with, and to say who may come in.
import type { Actor, Instant, KeyId, Role } from "../../domain/index.ts";

/** Who may come in over HTTP. */
export type KeyKeeping = {
  create(
    asked: { readonly role: Role; readonly name?: string; readonly expiresAt?: Instant },
    by: Actor,
  ): Promise<NewKey>;
  list(): Promise<readonly ShownKey[]>;
  rotate(id: KeyId, how: { readonly graceMs?: number }, by: Actor): Promise<NewKey>;
  revoke(id: KeyId, how: { readonly reason?: string }, by: Actor): Promise<ShownKey>;
};

export type ShownKey = {
  readonly id: KeyId;
  readonly role: Role;
  readonly tenant: string;
  readonly name: string | null;
  readonly createdAt: Instant;
  readonly createdBy: Actor;
  readonly expiresAt: Instant | null;
  readonly rotatedAt: Instant | null;
  readonly revokedAt: Instant | null;
  /** Day of its last use (UTC). */
  readonly usedOn: string | null;
  readonly active: boolean;
};

/** `key` is shown here and nowhere else. */
export type NewKey = ShownKey & { readonly key: string };

export type Serving = {
  readonly url: string;
  readonly asksForKeys: boolean;
  /** Nothing new is taken; what is being answered is answered. */
  readonly close: () => Promise<void>;
};
