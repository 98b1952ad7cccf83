// Signing keys that somebody else keeps, as the configuration names them. They are asked for whenever something is signed,
// so that a key that was taken away signs no more; none is ever written or removed here.
import { GleitzeitError } from "../../domain/index.ts";
import type { KeyRing } from "./key-ring.ts";
import { SEED_BYTES, type SigningKey, signingKey, signingKeyOf } from "./signing-key.ts";
import { base64Bytes } from "./verifier/canonical.ts";

export type GivenKey = {
  /** As it was written, for messages. */
  readonly shown: string;
  readonly value: () => Promise<string | undefined>;
  /** Where there is no value. */
  readonly remedy: () => Promise<string>;
};

const HOW = `\`gleitzeit secrets set\` with what \`openssl rand -base64 ${SEED_BYTES}\` prints, or a key file's line`;

export function givenKeys(given: readonly GivenKey[]): KeyRing {
  const shown = given.map((one) => one.shown);
  const place = `\`audit.keys\` (${shown.join(", ")})`;
  const of = (origin: string): Promise<readonly SigningKey[]> =>
    Promise.all(given.map((one) => keyIn(one, origin)));
  return {
    place,
    remedy:
      "name the secret that has it there; `gleitzeit audit rotate` goes from the key that signs to another one",
    of,
    next: async (origin, used) => {
      const key = (await of(origin)).find(({ id }) => !used.has(id));
      if (key) return key;
      const how = `make a secret for the next one (${HOW}), and write it before the others: \`audit: {keys: ["\${secret.NEXT}", ${shown.map((one) => `"${one}"`).join(", ")}]}\``;
      throw new GleitzeitError("USAGE_ERROR", `every key of ${place} has signed already: ${how}`);
    },
    remove: async () => undefined, // its owner's
    origins: async () => [],
  };
}

async function keyIn({ shown, value, remedy }: GivenKey, origin: string): Promise<SigningKey> {
  const text = await value();
  if (text === undefined) throw unsigned(`${shown} of \`audit.keys\` is not there: ${await remedy()}`);
  const seed = base64Bytes(text.trim(), SEED_BYTES);
  const key = seed ? signingKey(origin, seed) : signingKeyOf(text);
  if (!key) throw unsigned(`${shown} of \`audit.keys\` is no signing key: ${HOW}`);
  if (key.name === origin) return key;
  throw unsigned(`${shown} of \`audit.keys\` is a key of the log ${key.name}, and this one is ${origin}`);
}

const unsigned = (why: string): GleitzeitError =>
  new GleitzeitError("PERSISTENCE_INTEGRITY_ERROR", `no checkpoint is signed: ${why}`);
