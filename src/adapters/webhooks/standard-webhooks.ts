// Signatures of Standard Webhooks 1.0: over id, timestamp and the exact bytes of the body. `v1`: HMAC-SHA256 with a secret
// that both sides know (`whsec_`); `v1a`: Ed25519, where the receiver knows the public key only (`whsk_`, `whpk_`).
import {
  createHmac,
  createPrivateKey,
  createPublicKey,
  type KeyObject,
  randomBytes,
  sign,
  timingSafeEqual,
  verify,
} from "node:crypto";
import type { NewSecret, SecretKind, SignedMessage } from "../../engine/ports/index.ts";

const SECRET = "whsec_";
const SIGNING = "whsk_";
const VERIFYING = "whpk_";
const KEY_BYTES = 32;
/** What stands before the 32 bytes of an Ed25519 key in PKCS #8 and in SPKI. */
const PRIVATE = Buffer.from("302e020100300506032b657004220420", "hex");
const PUBLIC = Buffer.from("302a300506032b6570032100", "hex");

export function newSecret(kind: SecretKind): NewSecret {
  const key = randomBytes(KEY_BYTES);
  if (kind === "v1a") {
    const secret = SIGNING + key.toString("base64");
    return { secret, shown: shownOf(secret) };
  }
  const secret = SECRET + key.toString("base64");
  return { secret, shown: secret };
}

/** What a receiver is given: the secret itself, or the public key that belongs to it. */
export function shownOf(secret: string): string {
  if (!secret.startsWith(SIGNING)) return secret;
  const der = createPublicKey(privateKey(secret)).export({ format: "der", type: "spki" });
  return VERIFYING + der.subarray(PUBLIC.length).toString("base64");
}

export const signatures = (secrets: readonly string[], message: SignedMessage): string =>
  secrets.map((secret) => signature(secret, message)).join(" ");

function signature(secret: string, message: SignedMessage): string {
  const bytes = signedBytes(message);
  if (secret.startsWith(SIGNING)) return `v1a,${sign(null, bytes, privateKey(secret)).toString("base64")}`;
  return `v1,${createHmac("sha256", sharedKey(secret)).update(bytes).digest("base64")}`;
}

const signedBytes = ({ id, timestamp, body }: SignedMessage): Uint8Array =>
  Buffer.concat([Buffer.from(`${id}.${timestamp}.`), body]);

const sharedKey = (secret: string): Uint8Array => Buffer.from(secret.replace(/^whsec_/, ""), "base64");

/** The first 32 bytes are the seed; some write the public key behind it. */
function privateKey(secret: string): KeyObject {
  const seed = Buffer.from(secret.slice(SIGNING.length), "base64").subarray(0, KEY_BYTES);
  return createPrivateKey({ key: Buffer.concat([PRIVATE, seed]), format: "der", type: "pkcs8" });
}

export type Headers = { readonly [name: string]: string | readonly string[] | undefined };

/** A delivery that is older is one that somebody has kept. */
const TOLERANCE_S = 5 * 60;

/** Why it is not to be believed; undefined when it is as it was sent, lately. */
export function signatureProblem(
  secret: string,
  headers: Headers,
  body: Uint8Array,
  nowMs: number,
): string | undefined {
  const [id, at, given] = ["webhook-id", "webhook-timestamp", "webhook-signature"].map(
    (name) => headers[name],
  );
  if (typeof id !== "string" || typeof at !== "string" || typeof given !== "string")
    return "a header of the signature is missing";
  if (!/^\d{1,12}$/.test(at)) return "its timestamp is no time";
  if (Math.abs(nowMs / 1000 - Number(at)) > TOLERANCE_S) return "its timestamp is too far from now";
  const message = { id, timestamp: Number(at), body };
  const isOne = given.split(" ").some((one) => isSignature(secret, message, one));
  return isOne ? undefined : "no signature fits";
}

function isSignature(secret: string, message: SignedMessage, given: string): boolean {
  const comma = given.indexOf(",");
  const [version, bytes] = [given.slice(0, comma), Buffer.from(given.slice(comma + 1), "base64")];
  if (secret.startsWith(VERIFYING)) {
    const raw = Buffer.from(secret.slice(VERIFYING.length), "base64");
    if (version !== "v1a" || raw.length !== KEY_BYTES) return false;
    const key = createPublicKey({ key: Buffer.concat([PUBLIC, raw]), format: "der", type: "spki" });
    return verify(null, signedBytes(message), key, bytes);
  }
  if (version !== "v1") return false;
  const own = createHmac("sha256", sharedKey(secret)).update(signedBytes(message)).digest();
  return own.length === bytes.length && timingSafeEqual(own, bytes);
}
