// Sizes as people write them: 1048576, "256m", "64MiB". Units are powers of 1024.
import { z } from "zod";

const POWERS: Readonly<Record<string, number>> = { "": 0, k: 1, m: 2, g: 3 };

/** Bytes; undefined for what is not a size. */
export function sizeOf(written: number | string): number | undefined {
  if (typeof written === "number") return Number.isSafeInteger(written) && written > 0 ? written : undefined;
  const [, digits, unit = ""] = /^(\d+)\s*(?:([kmg])(?:i?b)?|b)?$/i.exec(written.trim()) ?? [];
  if (digits === undefined) return undefined;
  const bytes = Number(digits) * 1024 ** (POWERS[unit.toLowerCase()] ?? 0);
  return Number.isSafeInteger(bytes) && bytes > 0 ? bytes : undefined;
}

/** Of a setting that was checked. */
export function bytesIn(written: number | string): number {
  const bytes = sizeOf(written);
  if (bytes === undefined) throw new Error(`${written} is not a size`);
  return bytes;
}

export const Size = z
  .union([z.int().positive(), z.string()], { error: 'expected a size: bytes, or a text such as "64MiB"' })
  .refine((value) => sizeOf(value) !== undefined, {
    error: 'expected a size: bytes, or a text such as "64MiB"',
  });
