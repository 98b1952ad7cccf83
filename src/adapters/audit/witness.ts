// Asks one witness to cosign a checkpoint (C2SP tlog-witness): with the proof that it grew out of what the witness has seen.
import type { Outbound } from "../../engine/ports/index.ts";
import { type Cosignature, cosignaturesOf } from "./cosignature.ts";
import { decimal } from "./verifier/canonical.ts";
import type { Hash } from "./verifier/merkle.ts";
import { type NoteKey, noteOf } from "./verifier/note.ts";

export type Witness = { readonly url: string; readonly key: NoteKey };

export type ToCosign = {
  readonly note: string;
  readonly size: number;
  /** The proof that the tree grew from that size on. */
  readonly consistency: (from: number) => Promise<readonly Hash[]>;
};

export type Witnessed =
  | { readonly ok: true; readonly cosignature: Cosignature }
  | { readonly ok: false; readonly why: string };

/** It says once where it stands; more often means that somebody else asks it at the same time. */
const MOST_TRIES = 4;
const MOST_BYTES = 16_384;
const SILENCE_MS = 10_000;

/** `seen`: the size at which the witness is thought to know this log. */
export async function askWitness(
  { url, key }: Witness,
  { note, size, consistency }: ToCosign,
  seen: number,
  { outbound, signal }: { readonly outbound: Outbound; readonly signal: AbortSignal },
): Promise<Witnessed> {
  let old = Math.min(seen, size);
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const proof = old === 0 ? [] : await consistency(old);
    const steps = proof.map((step) => `${Buffer.from(step).toString("base64")}\n`).join("");
    const { status, text } = await post(`old ${old}\n${steps}\n${note}`);
    if (status === 200) return cosigned(text);
    const theirs = status === 409 ? decimal(text.trim()) : undefined;
    if (theirs === undefined) return { ok: false, why: refusal(status, text) };
    if (theirs > size)
      return { ok: false, why: `it has seen this log with ${theirs} leaves, and now there are ${size}` };
    old = theirs;
  }
  return { ok: false, why: `it said ${MOST_TRIES} times that it stands elsewhere` };

  async function post(body: string) {
    const { status, body: chunks } = await outbound.send({
      url: `${url.replace(/\/$/, "")}/add-checkpoint`,
      method: "POST",
      headers: { "content-type": "text/plain; charset=utf-8" },
      body,
      signal,
      silenceMs: SILENCE_MS,
    });
    return { status, text: await shortText(chunks) };
  }

  function cosigned(text: string): Witnessed {
    const lines = text.split("\n").slice(0, -1);
    const ended = lines.map((line) => `${line}\n`);
    const [cosignature] = cosignaturesOf(noteOf(note)?.text ?? "", ended, key) ?? [];
    return cosignature
      ? { ok: true, cosignature }
      : { ok: false, why: `what it answered is no cosignature of ${key.name}+${key.id}` };
  }
}

const MEANINGS: Readonly<Record<number, string>> = {
  403: "it does not trust the key that signs this log",
  404: "it does not know this log",
  409: "it stands at another size, and does not say at which",
  422: "the log did not grow out of what it has seen: there are two histories",
};

function refusal(status: number, text: string): string {
  const said = text.replace(/[^\x20-\x7e]+/g, " ").trim();
  return `${MEANINGS[status] ?? "it refuses"} (${status}${said === "" ? "" : `: ${said.slice(0, 200)}`})`;
}

async function shortText(chunks: AsyncIterable<Uint8Array>): Promise<string> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    parts.push(chunk);
    size += chunk.length;
    if (size > MOST_BYTES) break;
  }
  return Buffer.concat(parts).toString("utf8").slice(0, MOST_BYTES);
}
