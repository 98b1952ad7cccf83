// What a witness signs (C2SP tlog-cosignature): a checkpoint that it has seen grow out of the one before, and when it did.
import { verify } from "node:crypto";
import { GleitzeitError } from "../../domain/index.ts";
import { type NoteKey, noteOf, vkeyOf } from "./verifier/note.ts";

const COSIGNATURE = 4;
const TIME_BYTES = 8;

export type Cosignature = { readonly witness: string; readonly line: string; readonly seconds: number };

export function witnessKeyOf(vkey: string): NoteKey {
  const key = vkeyOf(vkey, COSIGNATURE);
  if (key) return key;
  const why = `${vkey} is no key of a witness: name+id+base64, of the kind for cosignatures (4)`;
  throw new GleitzeitError("CONFIGURATION_ERROR", `audit.witnesses: ${why}`);
}

/**
 * Those of these lines that are of this witness, under this text; undefined where one of them does not fit, or where the
 * lines are none. Lines of others are nobody's concern here.
 */
export function cosignaturesOf(
  text: string,
  lines: readonly string[],
  { name, id, key }: NoteKey,
): readonly Cosignature[] | undefined {
  const note = noteOf(`${text}\n${lines.join("")}`);
  if (!note || note.text !== text) return undefined;
  const own = note.signatures.flatMap((one, i) => (one.name === name && one.id === id ? [{ one, i }] : []));
  const read = own.flatMap(({ one, i }) => {
    if (one.bytes.length < TIME_BYTES) return [];
    const time = Buffer.from(one.bytes).readBigUInt64BE();
    const signed = Buffer.from(`cosignature/v1\ntime ${time}\n${text}`);
    const isGood = verify(null, signed, key, one.bytes.subarray(TIME_BYTES));
    return isGood ? [{ witness: name, line: lines[i] ?? "", seconds: Number(time) }] : [];
  });
  return read.length === own.length ? read : undefined;
}
