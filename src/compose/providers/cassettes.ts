// Cassettes: calls of providers that are recorded into a folder, or played from one in place of every provider.
import { resolve } from "node:path";
import { sha256 } from "../../adapters/host/index.ts";
import type { Cassette, Provider } from "../../engine/index.ts";
import { once } from "../../lifetime.ts";
import type { Base } from "../base.ts";

export type Cassettes = {
  readonly isPlaying: boolean;
  /** Undefined where nothing is recorded and nothing played. CASSETTE_INVALID for a folder that is no cassette. */
  readonly opened: () => Promise<Cassette | undefined>;
  /** All that there are; while a cassette is played, out of reach, with those that it names beside them. */
  readonly within: (providers: readonly Provider[]) => Promise<readonly Provider[]>;
};

export function cassettesOf({ outside: { cassette, workingFolder }, random }: Base): Cassettes {
  const parts = () => import("../../adapters/cassettes/index.ts");
  const shown = cassette?.folder ?? ".";
  const place = { folder: resolve(workingFolder, shown), shown };
  const played = once(async () => (await parts()).player(place));
  const recorded = once(async () =>
    (await parts()).recorder({
      place,
      isAnew: cassette?.isAnew ?? false,
      sha256,
      random,
    }),
  );
  return {
    isPlaying: cassette?.kind === "play",
    opened: async () => {
      if (!cassette) return undefined;
      return cassette.kind === "play" ? played() : recorded();
    },
    within: async (providers) => {
      if (cassette?.kind !== "play") return providers;
      const { standIns, unreached } = await parts();
      const { llmMethods } = await import("../../adapters/providers/llm/index.ts");
      const { recordings } = await played();
      const methods = { "llm/v1": llmMethods };
      return [...providers.map(unreached), ...standIns({ recordings, present: providers, methods })];
    },
  };
}
