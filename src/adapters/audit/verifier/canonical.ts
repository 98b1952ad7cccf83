// The lines of a file, and the one text of what stands in them (JCS, RFC 8785): a line that is not its own was altered.
import { Wrong } from "./finding.ts";
export type Fields = Readonly<Record<string, unknown>>;
const [LF, LONGEST] = [10, 500_000_000]; // there are no longer texts in Node
const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Without ever holding more of it than one line. */
export async function* linesOf(chunks: AsyncIterable<Uint8Array>) {
  let pending: Uint8Array[] = [];
  let [size, number] = [0, 1];
  for await (const chunk of chunks) {
    let start = 0;
    for (let end = chunk.indexOf(LF); end >= 0; end = chunk.indexOf(LF, start)) {
      const rest = chunk.subarray(start, end);
      yield { bytes: pending.length > 0 ? Buffer.concat([...pending, rest]) : rest, number, isEnded: true };
      [pending, size, number, start] = [[], 0, number + 1, end + 1];
    }
    pending.push(chunk.subarray(start));
    size += chunk.length - start;
    if (size > LONGEST) throw new Wrong("altered line", "no line is that long", { at: { line: number } });
  }
  if (size > 0) yield { bytes: Buffer.concat(pending), number, isEnded: false };
}

export const isRecord = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Throws for what has no such text. Where all names stand in their order already, JSON.stringify writes it. */
export const canonical = (value: unknown): string =>
  isInOrder(value) ? JSON.stringify(value) : sorted(value);

function isInOrder(value: unknown): boolean {
  if (typeof value === "string") return value.isWellFormed();
  if (Array.isArray(value)) return value.every(isInOrder);
  if (!isRecord(value)) return value === null || typeof value === "boolean" || Number.isFinite(value);
  let before = "";
  for (const key of Object.keys(value))
    if (before <= key && key.isWellFormed() && isInOrder(value[key])) before = key;
    else return false;
  return true;
}

function sorted(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(sorted).join(",")}]`;
  if (!isRecord(value) && isInOrder(value)) return JSON.stringify(value);
  if (!isRecord(value)) throw new TypeError(`${typeof value} without a canonical text`);
  const member = (key: string): string => `${sorted(key)}:${sorted(value[key])}`;
  return `{${Object.keys(value).sort().map(member).join(",")}}`;
}

/** Undefined for bytes that are not the canonical text of an object. */
export function parsed(bytes: Uint8Array): Fields | undefined {
  try {
    const text = utf8.decode(bytes);
    const value: unknown = JSON.parse(text);
    return isRecord(value) && canonical(value) === text ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Whether these are all of its fields, in the order of a canonical text. */
export const hasFields = (value: Fields, names: string) => Object.keys(value).join() === names;

/** Standard base64 with padding, in the one way it is written; undefined for anything else. */
export function base64Bytes(text: unknown, length?: number): Uint8Array | undefined {
  const bytes = Buffer.from(String(text), "base64");
  return bytes.toString("base64") === text && (length ?? bytes.length) === bytes.length ? bytes : undefined;
}

/** A whole number below 2^53 as decimal text; undefined for anything else. */
export function decimal(text: unknown): number | undefined {
  const number = Number(text);
  return Number.isSafeInteger(number) && number >= 0 && String(number) === text ? number : undefined;
}
