// What was found, as text and as JSON; and the keys, as they are given.
import { readFile } from "node:fs/promises";
import type { Verdict } from "./bundle.ts";
import { type NoteKey, vkeyOf } from "./note.ts";

/** A key itself, or a file with one a line. Throws a TypeError for what is neither. */
export async function keysIn(given: string): Promise<readonly NoteKey[]> {
  const texts = vkeyOf(given)
    ? [given]
    : (await readFile(given, "utf8")).split("\n").map((line) => line.trim());
  return texts
    .filter((text) => text !== "" && !text.startsWith("#"))
    .map((text) => {
      const key = vkeyOf(text);
      if (key) return key;
      throw new TypeError(
        `${JSON.stringify(text)} is no key: name+id+base64, as \`gleitzeit audit vkey\` prints it`,
      );
    });
}

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64");

export function verdictJson(verdict: Verdict) {
  if (!verdict.ok) return verdict;
  const { scope, checkpoint, signers, events, complete } = verdict;
  const { origin, size, root } = checkpoint;
  return {
    ok: true as const,
    origin,
    scope,
    checkpoint: { size, root: base64(root) },
    signers,
    events,
    complete,
  };
}

export function verdictText(verdict: Verdict): string {
  if (!verdict.ok) {
    const { kind, line, event, message } = verdict.problem;
    return `${kind}${line === undefined ? "" : `, line ${line}`}${event === undefined ? "" : `, ${event}`}: ${message}\n`;
  }
  const { scope, checkpoint, signers, events, complete } = verdict;
  const what = "all" in scope ? "the whole log" : `run ${scope.run}${complete ? "" : ", still open"}`;
  return `verified: ${what}, ${events} events, under the checkpoint of ${checkpoint.origin} of size ${checkpoint.size}, signed by ${signers.join(", ")}\n`;
}
