// Pieces that events of webhooks share. STORED FORMAT: add, never rename or narrow.
import { z } from "zod";
import type { Position } from "../ids.ts";
import type { Json } from "../json.ts";

/** A position in the log, as decimal digits. */
export const Place = z.string().regex(/^\d{1,19}$/, { error: "expected a position in the log" });

export const placeOf = (position: Position | "start"): string =>
  position === "start" ? "0" : String(position);
export const positionAt = (place: string): Position | "start" =>
  place === "0" || place === "start" ? "start" : BigInt(place);

/** Control fields only: what a run was given is not looked at. */
export const WebhookFilter = z.object({
  workflow: z.string().exactOptional(),
  tag: z.string().exactOptional(),
  run: z.string().exactOptional(),
  cel: z.string().exactOptional(),
});
export type WebhookFilter = z.infer<typeof WebhookFilter>;

/** A signed note over the log, and what it says: whoever receives it is a witness. */
export const Checkpoint = z.object({
  size: z.string(),
  root: z.string(),
  note: z.string().exactOptional(),
});
export type Checkpoint = z.infer<typeof Checkpoint>;

/** Bytes that only this installation can read, as its key folder sealed them. */
export const SealedText = z.object({
  v: z.literal(1),
  keyId: z.string(),
  nonce: z.string(),
  ciphertext: z.string(),
});
export type SealedText = z.infer<typeof SealedText>;

export const sealedIn = (value: Json | undefined): SealedText | undefined => {
  const parsed = SealedText.safeParse(value);
  return parsed.success ? parsed.data : undefined;
};
