// Lists of what was erased, in GLEITZEIT_HOME: apart from all stores, so that no backup brings it back.
import { join } from "node:path";
import type { Log, Random } from "../../engine/index.ts";

type Around = { readonly home: string; readonly random: Random; readonly log: Log };

export async function erasedIn({ home, random, log }: Around) {
  const { erasedNames, erasureList } = await import("../../adapters/keys/index.ts");
  const listIn = (name: string) => ({
    file: join(home, name),
    exclusively: async <R>(file: string, work: () => Promise<R>): Promise<R> => {
      const { exclusively } = await import("../../adapters/event-store/index.ts");
      return exclusively(file, work, () => random.fraction());
    },
    warn: (message: string) => log.warn({ what: "erasures" }, message),
  });
  return {
    keys: erasureList(listIn("erasures.jsonl")),
    names: erasedNames(listIn("erased-names.jsonl")),
  };
}
