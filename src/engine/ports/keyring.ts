// Who may come in over HTTP, as an operator has to do with it: what the command line and the server ask of the keys.
import type { Actor, Instant, KeyId, Role } from "../../domain/index.ts";

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

export type Keyring = {
  create(
    asked: { readonly role: Role; readonly name?: string; readonly expiresAt?: Instant },
    by: Actor,
  ): Promise<NewKey>;
  list(): Promise<readonly ShownKey[]>;
  show(id: KeyId): Promise<ShownKey>;
  /** `graceMs`: so long the secret before counts too. */
  rotate(id: KeyId, how: { readonly graceMs?: number }, by: Actor): Promise<NewKey>;
  /** Idempotent: one that is revoked stays so. */
  revoke(id: KeyId, how: { readonly reason?: string }, by: Actor): Promise<ShownKey>;
};
