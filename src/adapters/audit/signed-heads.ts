// Every checkpoint of the stream `audit` in its order, each looked at by itself: is it signed, does it say what its event
// says, does it go on from the one before?
import { AUDIT_STREAM, type AuditEvent } from "../../domain/index.ts";
import type { EventStore, StoredEvent } from "../../engine/ports/index.ts";
import { auditEventIn, rootIn } from "./audit-log.ts";
import type { Report } from "./log-problem.ts";
import { Wrong } from "./verifier/finding.ts";
import { type Head, sameHash } from "./verifier/merkle.ts";
import { checkpointOf, type NoteKey, verifiedNote, vkeyOf } from "./verifier/note.ts";

const PAGE = 500;

type SignedEvent = Extract<AuditEvent, { type: "CheckpointSigned" }>["data"];
export type SignedHead = Head & { readonly after: string; readonly upTo: string; readonly position: string };

/** `keys`: those that are trusted; none to take the log's own word for it. */
export async function* signedHeads(
  events: EventStore,
  keys: readonly NoteKey[],
  report: Report,
): AsyncGenerator<SignedHead, undefined> {
  const own: NoteKey[] = [];
  let [next, size] = [0, 0];
  for (let page = await pageFrom(events, 0); page.length > 0; page = await pageFrom(events, next)) {
    for (const stored of page) {
      const place = { position: String(stored.position), stream: AUDIT_STREAM, revision: stored.revision };
      if (stored.revision !== next) {
        report({
          kind: "missing event",
          message: `revision ${next} of the audit log should stand here`,
          ...place,
        });
      }
      next = stored.revision + 1;
      const event = eventIn(stored);
      if (!event) report({ kind: "altered event", message: "it is no event of an audit log", ...place });
      if (event?.type === "AuditKeyAdded") own.push(...[vkeyOf(event.data.vkey)].flatMap((key) => key ?? []));
      if (event?.type === "RollbackAccepted") size = Number(event.data.size);
      if (event?.type !== "CheckpointSigned") continue;
      const head = { size: Number(event.data.size), root: rootIn(event.data.root) };
      const problem = problemOf(event.data, head, keys.length > 0 ? keys : own, size);
      if (problem) report({ ...problem, ...place });
      size = head.size;
      yield { ...head, after: event.data.after, upTo: event.data.upTo, position: place.position };
    }
  }
  return undefined;
}

const pageFrom = (events: EventStore, from: number) => events.read(AUDIT_STREAM, from, PAGE);

function eventIn(stored: StoredEvent): AuditEvent | undefined {
  try {
    return auditEventIn(stored);
  } catch {
    return undefined; // said by the caller, with its place
  }
}

function problemOf({ note, first }: SignedEvent, head: Head, keys: readonly NoteKey[], before: number) {
  const signed = verifiedNote(note, keys);
  if (signed instanceof Wrong)
    return { kind: signed.kind, message: `at size ${head.size}: ${signed.message}` };
  const said = checkpointOf(signed.text);
  if (!said || said.size !== head.size || !sameHash(said.root, head.root)) {
    return { kind: "altered checkpoint", message: "what is signed is not what its event says" } as const;
  }
  const isNext = Number(first) === before && head.size >= before;
  return isNext
    ? undefined
    : ({ kind: "altered checkpoint", message: `it does not go on from size ${before}` } as const);
}
