// Keys as an operator has to do with them: made, listed, given a new secret, taken away. Each of these is an event.
import {
  ACCESS_EVENT_VERSION,
  type Actor,
  GleitzeitError,
  instantOf,
  isOver,
  type Key,
  type KeyEvent,
  type KeyId,
  keyStream,
} from "../../domain/index.ts";
import {
  type Clock,
  type EventStore,
  type Keyring,
  plainEvent,
  type Random,
  type ShownKey,
  VersionConflict,
} from "../../engine/ports/index.ts";
import { type KnownKey, type KnownKeys, keysIn, learn } from "./key-log.ts";
import { newKeyId, newSecret } from "./secrets.ts";

export type KeyringOptions = {
  readonly events: EventStore;
  readonly tenant: string;
  readonly clock: Pick<Clock, "now">;
  readonly random: Pick<Random, "eventId" | "salt">;
  /** Names stand in a directory that can be erased, never in the log. */
  readonly remember: (actor: Actor, name: string) => Promise<void>;
  readonly nameOf: (actor: Actor) => Promise<string | undefined>;
};

const TRIES = 20;

/** The actor of what is done with a key. */
export const actorOfKey = (id: KeyId): Actor => ({ type: "service", id });

/** `known`: where somebody follows the log already, what is written here counts there at once. */
export function keyring(options: KeyringOptions, known?: KnownKeys): Keyring {
  const { events, tenant, clock } = options;

  const all = async (): Promise<KnownKeys> => known ?? (await keysIn(events, tenant));
  const found = async (id: KeyId): Promise<KnownKey> => {
    const one = (await all()).get(id);
    if (one) return one;
    throw new GleitzeitError(
      "KEY_NOT_FOUND",
      `there is no key ${id}; \`gleitzeit keys list\` shows those there are`,
    );
  };

  /** Undefined when others were quicker. */
  const append = async (id: KeyId, expected: number | "none", event: KeyEvent, actor: Actor) => {
    const bytes = plainEvent(event, ACCESS_EVENT_VERSION, { ...options, actor });
    try {
      await events.append(keyStream(id, tenant), expected, [bytes]);
    } catch (error) {
      if (error instanceof VersionConflict) return undefined;
      throw error;
    }
    const into = await all();
    for (const stored of await events.read(keyStream(id, tenant), 0, 500)) learn(into, stored);
    return into.get(id)?.key;
  };

  const changed = async (id: KeyId, actor: Actor, next: (key: Key) => KeyEvent | undefined): Promise<Key> => {
    for (let tries = 1; tries <= TRIES; tries += 1) {
      const { key, revision } = await found(id);
      const event = next(key);
      if (!event) return key;
      const after = await append(id, revision, event, actor);
      if (after) return after;
      for (const stored of await events.read(keyStream(id, tenant), revision + 1, 500))
        learn(await all(), stored);
    }
    throw new GleitzeitError("PERSISTENCE_WRITE_FAILED", `key ${id} is being changed by others all the time`);
  };

  const shown = async (key: Key): Promise<ShownKey> => ({
    id: key.id,
    role: key.role,
    tenant,
    name: (await options.nameOf(actorOfKey(key.id))) ?? null,
    createdAt: key.createdAt,
    createdBy: { ...key.createdBy },
    expiresAt: key.expiresAt ?? null,
    rotatedAt: key.rotatedAt ?? null,
    revokedAt: key.revokedAt ?? null,
    usedOn: key.usedOn ?? null,
    active: !isOver(key, clock.now()),
  });

  return {
    create: async ({ role, name, expiresAt }, by) => {
      const id = newKeyId();
      const { text, hash } = newSecret(id);
      const data = { role, hash, ...(expiresAt !== undefined && { expiresAt }) };
      if (name !== undefined) await options.remember(actorOfKey(id), name);
      const key = await append(id, "none", { type: "KeyCreated", data }, by);
      if (!key)
        throw new GleitzeitError("PERSISTENCE_WRITE_FAILED", `the stream of key ${id} stands already`);
      return { key: text, ...(await shown(key)) };
    },
    list: async () => {
      const keys = [...(await all()).values()].map(({ key }) => key);
      const sorted = keys.toSorted((a, b) => (a.createdAt < b.createdAt ? -1 : 1));
      return Promise.all(sorted.map(shown));
    },
    show: async (id) => shown((await found(id)).key),
    rotate: async (id, { graceMs = 0 }, by) => {
      const { text, hash } = newSecret(id);
      const until = graceMs > 0 ? { previousUntil: instantOf(clock.now() + graceMs) } : {};
      const key = await changed(id, by, (before) => {
        if (!isOver(before, clock.now())) return { type: "KeyRotated", data: { hash, ...until } };
        throw new GleitzeitError(
          "WORKFLOW_INVALID_STATE",
          `key ${id} is revoked or has expired: make a new one`,
        );
      });
      return { key: text, ...(await shown(key)) };
    },
    revoke: async (id, { reason }, by) => {
      const values = reason === undefined ? {} : { values: { reason } };
      const key = await changed(id, by, (before) =>
        before.revokedAt === undefined ? { type: "KeyRevoked", data: values } : undefined,
      );
      return shown(key);
    },
  };
}
