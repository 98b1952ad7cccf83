// What webhooks need of cryptography: secrets that only this installation can read, and signatures of what is sent.
import type { Json, SealedText } from "../../domain/index.ts";

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

export interface WebhookKeys {
  newSecret(kind: SecretKind): NewSecret;
  /** `about`: what is sealed; it opens as nothing else. */
  seal(plain: Json, about: string): SealedText;
  /** PERSISTENCE_INTEGRITY_ERROR where the key is another one. */
  open(sealed: SealedText, about: string): Json;
  /** The value of `webhook-signature`: one signature for each secret. */
  signatures(secrets: readonly string[], message: SignedMessage): string;
}
