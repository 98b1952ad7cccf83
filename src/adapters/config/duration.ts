import { z } from "zod";
import { parseDuration } from "../../domain/index.ts";

/** −1 for what is no duration. */
export function millisIn(value: number | string): number {
  const parsed = parseDuration(value);
  return parsed.ok ? parsed.ms : -1;
}

export const Duration = z
  .union([z.number(), z.string()], { error: 'expected a duration: seconds, or a text such as "5m"' })
  .refine((value) => millisIn(value) > 0, {
    error: 'expected a duration over 0: seconds, or a text such as "5m"',
  });
