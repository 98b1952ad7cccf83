// A memory image as the host keeps it: the SHA-256 of what follows it, and the image.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";

const DIGEST_BYTES = 32;

export class DamagedSnapshot extends Error {
  name = "DamagedSnapshot";
}

export function intactImage(file) {
  const bytes = readFileSync(file);
  const image = bytes.subarray(DIGEST_BYTES);
  const digest = createHash("sha256").update(image).digest();
  if (!digest.equals(bytes.subarray(0, DIGEST_BYTES))) throw new DamagedSnapshot("its digest does not match");
  return image;
}
