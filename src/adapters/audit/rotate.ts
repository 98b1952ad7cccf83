// A new key signs beside the old one, so that those who know either can follow; then the old one is let go. What it signed
// stays readable with it for ever.
import { AUDIT_EVENT_VERSION, AUDIT_STREAM, type AuditEvent, GleitzeitError } from "../../domain/index.ts";
import { plainEvent } from "../../engine/ports/index.ts";
import { auditLogIn } from "./audit-log.ts";
import type { AuditorParts } from "./auditor.ts";
import { signingKey } from "./signing-key.ts";
import { vkeyOf } from "./verifier/note.ts";

export type Rotated = { readonly added: readonly string[]; readonly retired: readonly string[] };

export async function rotateKey(parts: AuditorParts, reason?: string): Promise<Rotated> {
  const log = await auditLogIn(parts.events);
  const [first] = log.keys;
  const origin = first && vkeyOf(first.vkey)?.name;
  if (origin === undefined)
    throw new GleitzeitError("USAGE_ERROR", "nothing was signed yet: there is no key to replace");
  const signing = log.keys.filter(({ isRetired }) => !isRetired).map(({ vkey }) => vkey);
  const old = signing.slice(0, -1);
  const key = signing.length === 1 ? signingKey(origin) : undefined;
  if (key) await parts.keys.add(key);
  const values = reason === undefined ? {} : { values: { reason } };
  const events: readonly AuditEvent[] = key
    ? [{ type: "AuditKeyAdded", data: { vkey: key.vkey } }]
    : old.map((vkey) => ({ type: "AuditKeyRetired", data: { vkey, ...values } }) as const);
  const recorded = events.map(({ type, data }) =>
    plainEvent({ type, data: { ...data } }, AUDIT_EVENT_VERSION, parts.recording),
  );
  await parts.events.append(AUDIT_STREAM, log.revision, recorded);
  if (key) return { added: [key.vkey], retired: [] };
  for (const vkey of old) {
    const known = vkeyOf(vkey);
    if (known) await parts.keys.remove(known);
  }
  return { added: [], retired: old };
}
