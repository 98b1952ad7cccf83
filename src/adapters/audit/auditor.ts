// Reads the log, grows the tree and signs it.
//
// 1. A checkpoint is appended at the expected revision of the stream `audit` before anybody sees it: of two that would
//    sign at once one is refused, and takes up the log again as it then stands.
// 2. Only what the store has acknowledged is read, so only what is durable is signed.
// 3. What is signed at once is what the log held when it was looked at, a long way in stretches, so that a log that grows
//    faster than it is read is signed all the same.
// 4. All auditors of a process on one store take turns: what one has signed may leave the log before another reads it.
import {
  AUDIT_EVENT_VERSION,
  AUDIT_STREAM,
  type AuditEvent,
  type Incarnation,
  type Position,
} from "../../domain/index.ts";
import {
  type Incarnations,
  type NewEvent,
  plainEvent,
  type Recording,
  VersionConflict,
} from "../../engine/ports/index.ts";
import { auditLogIn, isCovered } from "./audit-log.ts";
import { checkpointText, signedNote } from "./checkpoint.ts";
import { type Growth, growthHere } from "./growth.ts";
import type { KeyRing } from "./key-ring.ts";
import { auditHolder } from "./role.ts";
import type { SigningKey } from "./signing-key.ts";
import { keyless, refused, rollback, type Standing, type StandingParts, standingOf } from "./standing.ts";
import { EMPTY_ROOT, type Head } from "./verifier/merkle.ts";

export type AuditorParts = StandingParts & {
  readonly keys: KeyRing;
  readonly incarnations: () => Promise<Incarnations>;
  readonly recording: Recording;
  /** Where leaves are made and the tree grows; by default here. */
  readonly growth?: Growth;
};

export type SignedCheckpoint = Head & { readonly origin: string; readonly note: string };
export type Signing =
  /** `isAll`: nothing that was durable when it was looked for is left out. */
  | { readonly kind: "signed"; readonly checkpoint: SignedCheckpoint; readonly isAll: boolean }
  | { readonly kind: "empty" }
  | { readonly kind: "elsewhere"; readonly holder: Incarnation };

export type Auditor = {
  /** Signs what is new, at most so many leaves. PERSISTENCE_INTEGRITY_ERROR where nothing may be signed. */
  readonly sign: (mostLeaves?: number) => Promise<Signing>;
};

const NOTHING: Head = { size: 0, root: EMPTY_ROOT };
const STRETCH = 20_000;
const MOST_CONFLICTS = 20;

const turns = new WeakMap<AuditorParts["events"], Promise<unknown>>();

export function auditor(parts: AuditorParts): Auditor {
  const { events, recording, growth = growthHere(parts) } = parts;
  let standing: Standing | undefined;
  let readTo: Position | "start" = "start";

  async function takeUp(): Promise<Standing> {
    const found = await standingOf(parts);
    const why = await rollback(parts, found);
    if (why !== undefined) throw refused(why);
    readTo = found.log.last?.upTo ?? "start";
    return found;
  }

  async function signed(at: Standing, head: Head, upTo: Position): Promise<SignedCheckpoint> {
    const { log, origin } = at;
    const { signers, added } = await signersOf(at, origin);
    const note = signedNote(checkpointText({ origin, ...head }), signers);
    const next = log.revision === "none" ? 0 : log.revision + 1;
    const keyRevisions = [...log.keyRevisions, ...added.map((_, i) => next + i)];
    const checkpoint: AuditEvent = {
      type: "CheckpointSigned",
      data: {
        size: String(head.size),
        root: Buffer.from(head.root).toString("base64"),
        first: String(log.last?.size ?? 0),
        after: String(log.last?.upTo ?? "start"),
        upTo: String(upTo),
        note,
        keys: keyRevisions,
      },
    };
    const { revision } = await events.append(
      AUDIT_STREAM,
      log.revision,
      [...added, checkpoint].map(recorded),
    );
    await parts.kept.write(origin, note);
    const keys = [...log.keys, ...added.map(({ data }) => ({ vkey: data.vkey, isRetired: false }))];
    standing = { ...at, log: { revision, keys, keyRevisions, last: { ...head, revision, note, upTo } } };
    return { ...head, origin, note };
  }

  const recorded = ({ type, data }: AuditEvent): NewEvent =>
    plainEvent({ type, data: { ...data } }, AUDIT_EVENT_VERSION, recording);

  /** The first time a key is made; a key that a process made before it was stopped is used. */
  async function signersOf({ log }: Standing, origin: string) {
    const all = await parts.keys.of(origin);
    if (log.keys.length === 0) {
      const key = all[0] ?? (await parts.keys.next(origin, new Set()));
      const added = [{ type: "AuditKeyAdded", data: { vkey: key.vkey } }] as const;
      return { signers: [key], added };
    }
    const signing = log.keys.filter(({ isRetired }) => !isRetired).map(({ vkey }) => vkey);
    const signers: readonly SigningKey[] = all.filter(({ vkey }) => signing.includes(vkey));
    if (signers.length > 0) return { signers, added: [] as const };
    throw keyless(parts.keys, signing);
  }

  async function once(mostLeaves: number): Promise<Signing> {
    const head = await events.head();
    if (head === "start") return { kind: "empty" };
    if (!standing) {
      const found = await standingAlready();
      if (found) return { kind: "signed", checkpoint: found, isAll: true };
    }
    const incarnations = await parts.incarnations();
    const holder = await auditHolder(events, incarnations, recording);
    if (holder !== incarnations.own) {
      standing = undefined;
      return { kind: "elsewhere", holder };
    }
    if (standing && (await isBehind(standing))) standing = undefined;
    standing ??= await takeUp();
    let [isAll, checkpoint] = [false, lastOf(standing)];
    for (let left = mostLeaves; left > 0 && !isAll; left -= STRETCH) {
      const { size, root } = standing.log.last ?? NOTHING;
      const grown = await growth.grow({ size, root, after: readTo, head }, Math.min(left, STRETCH));
      [readTo, isAll] = [grown.next, grown.isAll];
      const now = { size: grown.size, root: grown.root };
      if (grown.upTo !== undefined) checkpoint = await signed(standing, now, grown.upTo);
    }
    return checkpoint ? { kind: "signed", checkpoint, isAll } : { kind: "empty" };
  }

  /** Another of this process has signed meanwhile. */
  async function isBehind({ log: { revision } }: Standing): Promise<boolean> {
    const next = revision === "none" ? 0 : revision + 1;
    return (await events.read(AUDIT_STREAM, next, 1)).length > 0;
  }

  /** Who finds everything signed already has no need of the role. */
  async function standingAlready(): Promise<SignedCheckpoint | undefined> {
    const log = await auditLogIn(events);
    if (!log.last || !(await isCovered(events, log.last.upTo))) return undefined;
    const [key] = log.keys;
    return lastOf({ log, origin: key ? key.vkey.slice(0, key.vkey.indexOf("+")) : "" });
  }

  async function sign(mostLeaves: number): Promise<Signing> {
    for (let conflicts = 0; ; conflicts += 1) {
      try {
        return await once(mostLeaves);
      } catch (error) {
        standing = undefined;
        if (!(error instanceof VersionConflict) || conflicts === MOST_CONFLICTS) throw error;
      }
    }
  }

  return {
    sign: (mostLeaves = Number.POSITIVE_INFINITY) => {
      const done = (turns.get(events) ?? Promise.resolve()).then(() => sign(mostLeaves));
      const over = (): void => undefined; // whether it failed is for whoever asked
      turns.set(events, done.then(over, over));
      return done;
    },
  };
}

const lastOf = ({ log: { last }, origin }: Pick<Standing, "log" | "origin">): SignedCheckpoint | undefined =>
  last ? { size: last.size, root: last.root, origin, note: last.note } : undefined;
