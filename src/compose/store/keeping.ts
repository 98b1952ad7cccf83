// Looking after a store as a whole: checking it, copying it, putting a copy back.
import { access } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import type { StoreKeeping } from "../../adapters/cli/index.ts";
import type { Settings } from "../../adapters/config/index.ts";
import { sha256 } from "../../adapters/host/index.ts";
import { GleitzeitError } from "../../domain/index.ts";
import { checkLog, type Log, type Random } from "../../engine/index.ts";
import type { OpenStore } from "../../open-store.ts";
import { erasedIn } from "./erasure-lists.ts";

type Kept = {
  readonly url: Settings["store"];
  readonly home: string;
  readonly workingFolder: string;
  readonly random: Random;
  readonly log: Log;
  readonly reading: () => Promise<OpenStore>;
};

export function storeKeeping(kept: Kept): StoreKeeping {
  const { url, workingFolder, random, reading } = kept;
  const copy = async (from: string, to: string): Promise<void> => {
    const { copySqlite } = await import("../../adapters/event-store/index.ts");
    const { copyKeys } = await import("../../adapters/keys/index.ts");
    await copyKeys(keysBeside(from), keysBeside(to), await erasedIn(kept));
    await copySqlite({ from, to, random: () => random.fraction() });
    const { copyTiles } = await import("../../adapters/audit/copy-tiles.ts");
    await copyTiles(`${from}.tiles`, `${to}.tiles`);
  };

  return {
    check: async () => {
      const { tenantOfStream } = await import("../../adapters/event-store/index.ts");
      const { store, place, exists } = await reading();
      if (!exists) throw new GleitzeitError("PERSISTENCE_CONNECTION_FAILED", `${place} does not exist`);
      return { place, ...(await checkLog(store, sha256, tenantOfStream)) };
    },
    backup: async (file) => {
      const to = resolve(workingFolder, file);
      const from = fileOf(url);
      await copy(from, to);
      return { from, to, keys: keysBeside(to) };
    },
    restore: async (file) => {
      const from = resolve(workingFolder, file);
      const to = fileOf(url);
      if (await isThere(to)) {
        const way = "move it away first, or name another place with --store";
        throw new GleitzeitError("USAGE_ERROR", `${to} exists already and is left as it is; ${way}`);
      }
      await copy(from, to);
      return { from, to, keys: keysBeside(to) };
    },
    migrate: async ({ backup, isDry }) => {
      const { migrateSqlite } = await import("../../adapters/event-store/index.ts");
      const { copyKeys } = await import("../../adapters/keys/index.ts");
      const path = fileOf(url);
      const { copy: file, ...versions } = await migrateSqlite({
        path,
        random: () => random.fraction(),
        isDry,
        ...(backup !== false && {
          copy: {
            to: async (version) => (backup ? resolve(workingFolder, backup) : unused(path, version)),
            first: async (to) => copyKeys(keysBeside(path), keysBeside(to), await erasedIn(kept)),
          },
        }),
      });
      if (file === undefined) return { path, ...versions };
      return { path, ...versions, backup: { from: path, to: file, keys: keysBeside(file) } };
    },
  };
}

/** One that was made before stays: it may be all that is left of what stood there then. */
async function unused(path: string, version: number): Promise<string> {
  for (let n = 1; ; n += 1) {
    const file = `${path}.schema-${version}${n === 1 ? "" : `-${n}`}.backup`;
    if (!(await isThere(file))) return file;
  }
}

/** Whoever makes it meanwhile is found out by the copy itself. */
const isThere = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

const keysBeside = (path: string): string => join(dirname(path), "keys", basename(path));

function fileOf(url: Settings["store"]): string {
  if (url.kind === "sqlite") return url.path;
  throw new GleitzeitError(
    "USAGE_ERROR",
    `a store of kind ${url.kind} is no file; use its server's own means`,
  );
}
