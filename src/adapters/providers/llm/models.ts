// Which models a server has, which of them is asked, and what exactly it was.
import type { ListedModel } from "./ask.ts";
import type { Asking, Endpoint } from "./endpoint.ts";
import { failed } from "./failed.ts";

type Patience = Pick<Asking, "signal" | "silenceMs">;

/** How long a finished answer waits to learn what exactly gave it. */
const DIGEST_SILENCE_MS = 5_000;
const MOST_NAMES = 10;

export function modelsOf(to: Endpoint, defaultModel: string | undefined) {
  const { origin, name } = to.server;

  const all = async ({ signal, silenceMs }: Patience): Promise<readonly ListedModel[]> => {
    const found = to.wire.listed(await to.read(to.wire.list, { model: "", signal, silenceMs }));
    if (found) return found;
    throw failed("PROVIDER_ERROR", `${origin} does not answer with a list of models; look at its address`);
  };

  return {
    all,
    /** The one that is named; without a name, the provider's own, or the only one there is. */
    chosen: async (wanted: string | undefined, patience: Patience): Promise<string> => {
      const model = wanted ?? defaultModel;
      if (model !== undefined) return model;
      const names = (await all(patience)).map((one) => one.name);
      const [only] = names;
      if (names.length === 1 && only !== undefined) return only;
      const shown = names.slice(0, MOST_NAMES).join(", ");
      const there = names.length === 0 ? `${origin} has none` : `${origin} has ${shown}`;
      throw failed(
        "INVALID_PARAMS",
        `params.model: no model is named, and provider \`${name}\` has no \`default_model\`; ${there}`,
      );
    },
    /** Undefined where the server does not say; an answer is not worth less for it. */
    digest: async (model: string, { signal }: Patience): Promise<string | undefined> => {
      if (!to.wire.listsDigests) return undefined;
      try {
        const found = await all({ signal, silenceMs: DIGEST_SILENCE_MS });
        return found.find((one) => isNamed(one.name, model))?.digest;
      } catch {
        signal.throwIfAborted();
        return undefined;
      }
    },
  };
}

/** `llama3.2` is `llama3.2:latest`. */
const isNamed = (listed: string, wanted: string): boolean =>
  listed === wanted || listed === `${wanted}:latest`;
