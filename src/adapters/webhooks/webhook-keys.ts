// Secrets of endpoints: sealed in the log with a key that lies beside the store, and opened when something is signed.
import { GleitzeitError, type Json, parseJson, type SealedText } from "../../domain/index.ts";
import type { WebhookKeys } from "../../engine/ports/index.ts";
import { certificateFacts } from "./certificate-facts.ts";
import { newSecret, signatures } from "./standard-webhooks.ts";

export type Sealing = {
  readonly seal: (key: Uint8Array, plain: Uint8Array, about: string) => SealedText;
  /** Undefined when this is not what was sealed with this key. */
  readonly unsealed: (key: Uint8Array, sealed: SealedText, about: string) => Uint8Array | undefined;
};

/** Without a key nothing can be opened: whoever only lists what there is needs none. */
export const webhookKeys = (key: Uint8Array | undefined, { seal, unsealed }: Sealing): WebhookKeys => ({
  newSecret,
  signatures,
  certificateFacts,
  seal: (plain: Json, about) => {
    if (!key) throw new Error("webhooks were opened to be read, and something is to be sealed");
    return seal(key, new TextEncoder().encode(JSON.stringify(plain)), about);
  },
  open: (sealed, about) => {
    const plain = key && unsealed(key, sealed, about);
    if (plain) return parseJson(new TextDecoder().decode(plain));
    throw new GleitzeitError(
      "PERSISTENCE_INTEGRITY_ERROR",
      `a ${about} was sealed with another key, or changed: put the folder \`keys\` beside the store back from a backup`,
    );
  },
});
