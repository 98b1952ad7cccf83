// A new key signs beside the old one, so that those who know either can follow; then the old one is let go. What it signed
// stays readable with it for ever. A key that is lost is ended by whoever answers for it, and another one signs alone.
import { AUDIT_EVENT_VERSION, AUDIT_STREAM, type AuditEvent, GleitzeitError } from "../../domain/index.ts";
import { plainEvent } from "../../engine/ports/index.ts";
import { type AuditLog, auditLogIn } from "./audit-log.ts";
import type { AuditorParts } from "./auditor.ts";
import { keyless } from "./standing.ts";
import { noteOf, vkeyOf } from "./verifier/note.ts";

export type Rotated = { readonly added: readonly string[]; readonly retired: readonly string[] };
export type RotationAsked = { readonly reason?: string; readonly isLost: boolean };

export async function rotateKey(parts: AuditorParts, { reason, isLost }: RotationAsked): Promise<Rotated> {
  const log = await auditLogIn(parts.events);
  const [first] = log.keys;
  const origin = first && vkeyOf(first.vkey)?.name;
  if (origin === undefined)
    throw new GleitzeitError("USAGE_ERROR", "nothing was signed yet: there is no key to replace");
  const signing = log.keys.filter(({ isRetired }) => !isRetired).map(({ vkey }) => vkey);
  const here = new Set((await parts.keys.of(origin)).map(({ vkey }) => vkey));
  const isHere = signing.some((vkey) => here.has(vkey));
  if (isLost && isHere) {
    const why = `a key that signs is in ${parts.keys.place}: it is replaced without \`--lost\``;
    throw new GleitzeitError("USAGE_ERROR", why);
  }
  if (!isLost && !isHere) throw keyless(parts.keys, signing);
  const isAdding = isLost || signing.length === 1;
  const old = isLost ? signing : isAdding ? [] : signing.slice(0, -1);
  const last = signing.slice(-1);
  if (!isAdding && !last.some((vkey) => here.has(vkey))) throw keyless(parts.keys, last);
  const added = isAdding ? [(await nextKey(parts, origin, log)).vkey] : [];
  const why = reason === undefined ? {} : { values: { reason } };
  const events: readonly AuditEvent[] = [
    ...old.map((vkey) => ({ type: "AuditKeyRetired", data: { vkey, ...why } }) as const),
    ...added.map((vkey) => ({ type: "AuditKeyAdded", data: { vkey } }) as const),
  ];
  const recorded = events.map(({ type, data }) =>
    plainEvent({ type, data: { ...data } }, AUDIT_EVENT_VERSION, parts.recording),
  );
  await parts.events.append(AUDIT_STREAM, log.revision, recorded);
  for (const vkey of old) {
    const known = vkeyOf(vkey);
    if (known) await parts.keys.remove(known);
  }
  return { added, retired: old };
}

/** One that no checkpoint was signed with, neither in this log nor in what was kept of it elsewhere. */
export async function nextKey({ keys, kept }: AuditorParts, origin: string, log: AuditLog) {
  const signed = noteOf((await kept.read(origin)) ?? "")?.signatures ?? [];
  const logged = log.keys.flatMap(({ vkey }) => vkeyOf(vkey) ?? []);
  return keys.next(origin, new Set([...signed, ...logged].map(({ id }) => id)));
}
