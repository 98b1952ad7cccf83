// Instants: epoch milliseconds while computing, ISO 8601 UTC with milliseconds wherever they are stored or shown.
import { z } from "zod";

export const Instant = z
  .string()
  .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/, "an instant is written 2026-01-31T12:00:00.000Z")
  .brand<"Instant">();
export type Instant = z.infer<typeof Instant>;

/** Epoch milliseconds. */
export type Millis = number;

export const instantOf = (millis: Millis): Instant => new Date(millis).toISOString() as Instant;
export const millisOf = (instant: Instant): Millis => Date.parse(instant);
