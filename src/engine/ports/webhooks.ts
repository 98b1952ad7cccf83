// What webhooks need of cryptography: secrets that only this installation can read, and signatures of what is sent.
import type { ClientCertificate, Json, SealedText } from "../../domain/index.ts";

export type SecretKind = "v1" | "v1a";

/** `secret` signs; `shown` is what its receiver is given to verify with. */
export type NewSecret = { readonly secret: string; readonly shown: string };

export type SignedMessage = {
  /** Of the delivery: the same at every attempt. */
  readonly id: string;
  /** Unix seconds of this attempt. */
  readonly timestamp: number;
  readonly body: Uint8Array;
};

/** What may be said of a certificate to whoever looks. */
export type CertificateFacts = {
  readonly subject: string;
  /** SHA-256 of it, in hex. */
  readonly fingerprint: string;
  readonly expiresAt: string;
};

export interface WebhookKeys {
  newSecret(kind: SecretKind): NewSecret;
  /** `about`: what is sealed; it opens as nothing else. */
  seal(plain: Json, about: string): SealedText;
  /** PERSISTENCE_INTEGRITY_ERROR where the key is another one. */
  open(sealed: SealedText, about: string): Json;
  /** INVALID_PARAMS where it cannot be read, or the key is that of another one. */
  certificateFacts(given: ClientCertificate): CertificateFacts;
  /** The value of `webhook-signature`: one signature for each secret. */
  signatures(secrets: readonly string[], message: SignedMessage): string;
}
