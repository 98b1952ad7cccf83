// Who comes in, while a server runs: keys as they are now, whoever made or revoked them, and a note of who was turned away.
import {
  ACCESS_EVENT_VERSION,
  type Actor,
  asError,
  hashesThatCount,
  type Key,
  type KeyId,
  keyStream,
  keysOf,
} from "../../domain/index.ts";
import { followPages, type Log, plainEvent, VersionConflict } from "../../engine/index.ts";
import type { Keyring } from "../../engine/ports/index.ts";
import { type KnownKeys, keysIn, learn } from "./key-log.ts";
import { actorOfKey, type KeyringOptions, keyring } from "./keyring.ts";
import { isOneOf, presentedIn } from "./secrets.ts";

export type Identified = { readonly key: Key; readonly actor: Actor };

export type Doorkeeper = {
  readonly keyring: Keyring;
  /** False until the first key is made: then nobody is asked for one. */
  readonly asksForKeys: () => boolean;
  /** Undefined for what lets nobody in; `id` of the key that it claims to be. */
  readonly identify: (text: string) => { readonly id?: KeyId; readonly found?: Identified };
  /** Whether a key that was let in still counts. */
  readonly stillCounts: (id: KeyId) => boolean;
  readonly close: () => Promise<void>;
};

export async function doorkeeper(options: KeyringOptions & { readonly log: Log }): Promise<Doorkeeper> {
  const { events, tenant, clock, log } = options;
  const known: KnownKeys = await keysIn(events, tenant);
  const stop = new AbortController();
  const noted = new Set<Promise<void>>();

  const follow = async (): Promise<void> => {
    for await (const page of followPages(events, "start", { filter: keysOf(tenant), signal: stop.signal })) {
      for (const stored of page.events) learn(known, stored);
    }
  };
  const following = follow().catch((error: unknown) => {
    log.error({ error: asError(error) }, "keys are no longer followed: nobody is let in");
    known.clear();
    failed = true;
  });
  let failed = false;

  /** Not waited for: who has a key is not kept waiting for the note that it was used. */
  const note = ({ id, usedOn }: Key): void => {
    const day = new Date(clock.now()).toISOString().slice(0, 10);
    const one = known.get(id);
    if (usedOn === day || !one) return;
    known.set(id, { ...one, key: { ...one.key, usedOn: day } });
    const event = plainEvent({ type: "KeyUsed", data: { day } }, ACCESS_EVENT_VERSION, {
      ...options,
      actor: actorOfKey(id),
    });
    const written = events.append(keyStream(id, tenant), one.revision, [event]).then(
      () => undefined,
      (error: unknown) => {
        if (error instanceof VersionConflict) return; // another server noted it, or it was changed at that moment
        log.warn({ key: id, error: asError(error) }, "the use of a key could not be recorded");
      },
    );
    noted.add(written);
    void written.finally(() => noted.delete(written));
  };

  const counting = (id: KeyId): readonly string[] => {
    const key = known.get(id)?.key;
    return key ? hashesThatCount(key, clock.now()) : [];
  };

  return {
    keyring: keyring(options, known),
    asksForKeys: () => failed || known.size > 0,
    identify: (text) => {
      const presented = presentedIn(text);
      if (!presented) return {};
      const { id, hash } = presented;
      const counts = isOneOf(hash, counting(id));
      const key = known.get(id)?.key;
      if (!counts || !key) return { ...(key && { id }) };
      note(key);
      return { id, found: { key, actor: actorOfKey(id) } };
    },
    stillCounts: (id) => counting(id).length > 0,
    close: async () => {
      stop.abort();
      await following;
      await Promise.all(noted);
    },
  };
}
