// The secret half of a key: `gz_<id>_<secret>`. What is kept is its hash; the rest is shown once and forgotten.
import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import { KeyId } from "../../domain/index.ts";

const SECRET_BYTES = 32;
const ID_BYTES = 8;

export type NewSecret = { readonly text: string; readonly hash: string };

export const newKeyId = (): KeyId => KeyId.parse(randomBytes(ID_BYTES).toString("hex"));

export function newSecret(id: KeyId): NewSecret {
  const bytes = randomBytes(SECRET_BYTES);
  return { text: `gz_${id}_${bytes.toString("base64url")}`, hash: hashOf(bytes) };
}

const hashOf = (bytes: Uint8Array): string => `sha256-${createHash("sha256").update(bytes).digest("hex")}`;

export type Presented = { readonly id: KeyId; readonly hash: string };

/** Undefined for what is no key by its looks. */
export function presentedIn(text: string): Presented | undefined {
  const [, id, secret] = /^gz_([0-9a-f]{16})_([A-Za-z0-9_-]{43})$/.exec(text) ?? [];
  const known = KeyId.safeParse(id);
  if (!known.success || secret === undefined) return undefined;
  const bytes = Buffer.from(secret, "base64url");
  return { id: known.data, hash: hashOf(bytes) };
}

/** Of an id that nobody has: the same work is done for it, so that time does not tell which ids there are. */
const NOBODY = hashOf(new Uint8Array(SECRET_BYTES));

/** Every hash is looked at, and each byte of it. */
export function isOneOf(hash: string, counting: readonly string[]): boolean {
  const presented = Buffer.from(hash);
  let found = false;
  for (const one of counting.length === 0 ? [NOBODY] : counting) {
    const isSame = timingSafeEqual(presented, Buffer.from(one));
    found = (isSame && counting.length > 0) || found;
  }
  return found;
}
