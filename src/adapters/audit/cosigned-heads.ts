// Every cosignature of the stream `audit`, held against the checkpoint that it is about and the witnesses that are known.
import { AUDIT_STREAM } from "../../domain/index.ts";
import type { EventStore } from "../../engine/ports/index.ts";
import { auditEventIn } from "./audit-log.ts";
import { cosignaturesOf } from "./cosignature.ts";
import type { Report } from "./log-problem.ts";
import { type NoteKey, noteOf } from "./verifier/note.ts";

const PAGE = 500;

export type WitnessedHead = { readonly witness: string; readonly size: number; readonly seconds: number };

/** The newest checkpoint that each witness has cosigned. */
export async function cosignedHeads(
  events: EventStore,
  witnesses: readonly NoteKey[],
  report: Report,
): Promise<readonly WitnessedHead[]> {
  const newest = new Map<string, WitnessedHead>();
  for (let next = 0; ; ) {
    const page = await events.read(AUDIT_STREAM, next, PAGE);
    for (const stored of page) {
      if (stored.type !== "CheckpointCosigned") continue;
      const place = { position: String(stored.position), stream: AUDIT_STREAM, revision: stored.revision };
      const event = auditEventIn(stored);
      if (event.type !== "CheckpointCosigned") continue;
      const { size, root, checkpoint, signatures } = event.data;
      const [about] = (await events.readMany(AUDIT_STREAM, [checkpoint])).map(auditEventIn);
      const note = about?.type === "CheckpointSigned" ? about.data : undefined;
      if (note?.size !== size || note.root !== root) {
        const message = `revision ${checkpoint} is not the checkpoint of size ${size} that was cosigned`;
        report({ kind: "altered checkpoint", message, ...place });
        continue;
      }
      const noteLines = signatures.map((line) => `${line}\n`);
      for (const key of witnesses) {
        const found = cosignaturesOf(noteOf(note.note)?.text ?? "", noteLines, key);
        const [one] = found ?? [];
        if (one) newest.set(key.name, { witness: key.name, size: Number(size), seconds: one.seconds });
        if (found) continue;
        const message = `the cosignature of ${key.name} under size ${size} does not fit`;
        report({ kind: "bad signature", message, ...place });
      }
    }
    const last = page.at(-1);
    if (!last) return [...newest.values()];
    next = last.revision + 1;
  }
}
