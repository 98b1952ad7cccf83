// A bundle from its first line to its last: verified as it is read, up to the first thing that is wrong.
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { type Asked, bodyOf } from "./body.ts";
import { type Fields, isRecord, linesOf, parsed } from "./canonical.ts";
import { type Finding, type Place, Wrong } from "./finding.ts";
import { type NoteKey, vkeyOf } from "./note.ts";

type Body = ReturnType<typeof bodyOf>;
export type Verdict = ReturnType<Body["end"]> | { readonly ok: false; readonly problem: Finding };
const standing = ({ stream, revision }: Fields): string => `${stream}@${revision}`;

export async function verifyBundle(chunks: AsyncIterable<Uint8Array>, asked: Asked): Promise<Verdict> {
  const lines = linesOf(chunks);
  const whole = createHash("sha256");
  let [place, body, verdict]: [Place, Body?, Verdict?] = [{}];
  try {
    for (let next = await lines.next(); !next.done; next = await lines.next()) {
      const { bytes, number, isEnded } = next.value;
      place = { line: number };
      if (!isEnded) throw new Wrong("truncated file", "the last line breaks off");
      if (verdict) throw new Wrong("altered line", "something comes after the end");
      const line = parsed(bytes);
      if (!line) throw new Wrong("altered line", "it is not canonical JSON (RFC 8785)");
      if (isRecord(line.event)) place = { line: number, event: `${standing(line.event)} ${line.event.id}` };
      if (!body) body = bodyOf(line, asked);
      else if ("end" in line) verdict = body.end(line, whole.digest("hex"));
      else body.take(line, place);
      if (!verdict) whole.update(bytes).update("\n");
    }
    if (!verdict) throw new Wrong("truncated file", "it ends without an end line", { at: {} });
    return verdict;
  } catch (error) {
    if (!(error instanceof Wrong)) throw error;
    const { at = place, wanted } = error.where;
    const problem = { message: error.message, ...at };
    for await (const { bytes } of wanted === undefined ? [] : lines) {
      const { leafIndex, event } = parsed(bytes) ?? {};
      const isWanted = wanted === `leaf ${leafIndex}` || (isRecord(event) && wanted === standing(event));
      if (isWanted) return { ok: false, problem: { kind: "wrong order", ...problem } };
    }
    return { ok: false, problem: { kind: error.kind, ...problem } };
  }
}

export function verdictText(verdict: Verdict): string {
  if (!verdict.ok) {
    const { kind, line, event, message } = verdict.problem;
    return `${[kind, line && `line ${line}`, event].filter(Boolean).join(", ")}: ${message}\n`;
  }
  const { origin, scope, checkpoint, signers, events, complete } = verdict;
  const what = "all" in scope ? "the whole log" : `run ${scope.run}${complete ? "" : ", still open"}`;
  return `verified: ${what}, ${events} events, under the checkpoint of ${origin} of size ${checkpoint.size}, signed by ${signers.join(", ")}\n`;
}

/** A key itself, or a file with one a line. Throws a TypeError for what is neither. */
export async function keysIn(given: string): Promise<readonly NoteKey[]> {
  const texts = vkeyOf(given) ? [given] : (await readFile(given, "utf8")).split(/\s*\n\s*/);
  return texts.flatMap((text) => {
    const key = vkeyOf(text);
    if (key || text === "" || text.startsWith("#")) return key ?? [];
    throw new TypeError(`${JSON.stringify(text)} is no key: name+id+base64, as \`audit vkey\` prints it`);
  });
}
