// RFC 8785 (JCS): the one text of a JSON value. A line of a bundle that is not its own canonical text was altered.

export type Fields = Readonly<Record<string, unknown>>;

export const isRecord = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Throws for what has no such text. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (isRecord(value)) {
    const keys = Object.keys(value).sort();
    return `{${keys.map((key) => `${canonical(key)}:${canonical(value[key])}`).join(",")}}`;
  }
  const isPlain = value === null || typeof value === "boolean" || Number.isFinite(value);
  if (isPlain || (typeof value === "string" && value.isWellFormed())) return JSON.stringify(value);
  throw new TypeError(`${typeof value} without a canonical text`);
}

/** Standard base64 with padding, in the one way it is written; undefined for anything else. */
export function base64Bytes(text: unknown, length?: number): Uint8Array | undefined {
  const bytes = Buffer.from(String(text), "base64");
  const isExact = bytes.toString("base64") === text && (length ?? bytes.length) === bytes.length;
  return isExact ? bytes : undefined;
}

/** A whole number below 2^53 as decimal text; undefined for anything else. */
export function decimal(text: unknown): number | undefined {
  const number = Number(text);
  return Number.isSafeInteger(number) && number >= 0 && String(number) === text ? number : undefined;
}
