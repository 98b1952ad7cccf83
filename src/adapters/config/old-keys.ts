// Keys of the Python original's configuration, and what becomes of each: another word, another place, or nothing.
import { basename, dirname, join } from "node:path";
import { isMap, isScalar, type Pair, Scalar, type YAMLMap } from "yaml";

export type OldKey = {
  /** Written otherwise · has no successor among the settings, and is left out. */
  readonly kind: "rewritten" | "dropped";
  readonly path: string;
  readonly message: string;
  /** Of the key, in the text as it was. */
  readonly offset: number;
};

type Found = { readonly map: YAMLMap; readonly pair: Pair; readonly key: Scalar };

/** Changes the tree, and says what was changed. */
export function withoutOldKeys(root: YAMLMap): readonly OldKey[] {
  const told: OldKey[] = [];
  const tell = (kind: OldKey["kind"], path: string, { key }: Found, message: string): void =>
    void told.push({ kind, path, message: `\`${path}\` ${message}`, offset: key.range?.[0] ?? 0 });
  const drop = (path: string, found: Found, why: string): void => {
    tell("dropped", path, found, `is left out: ${why}`);
    remove(found);
  };

  const level = entry(root, "log_level");
  const [word, now] = [scalarIn(level), LEVELS[String(scalarIn(level))]];
  if (level && now !== undefined) {
    tell("rewritten", "log_level", level, `\`${String(word)}\` is \`${now}\` now`);
    replace(level, "log_level", now);
  }

  const persistence = entry(root, "persistence");
  const store = persistence && storeOf(persistence);
  if (persistence && store !== undefined && !root.has("store")) {
    const why = store === MEMORY ? "" : "; what the old database holds is not read";
    tell("rewritten", "persistence", persistence, `is \`store: ${store}\` now${why}`);
    replace(persistence, "store", store);
  } else if (persistence) drop("persistence", persistence, whyNoStore(persistence, root));

  const execution = mapIn(entry(root, "execution"));
  const most = entry(execution, "max_concurrent_tasks");
  if (most && execution?.has("max_parallel_tasks"))
    drop("execution.max_concurrent_tasks", most, "`execution.max_parallel_tasks` stands beside it");
  else if (most) {
    tell("rewritten", "execution.max_concurrent_tasks", most, "is `execution.max_parallel_tasks` now");
    most.key.value = "max_parallel_tasks";
  }

  const providers = entry(root, "providers");
  for (const found of entriesOf(mapIn(providers))) {
    const name = String(found.key.value);
    const why = PROVIDERS[name];
    if (why !== undefined && !mapIn(found)?.has("type")) drop(`providers.${name}`, found, why);
  }
  if (
    providers &&
    told.some(({ path }) => path.startsWith("providers.")) &&
    mapIn(providers)?.items.length === 0
  )
    remove(providers);

  const batch = entry(root, "batch");
  if (batch) drop("batch", batch, BATCH);
  return told;
}

const LEVELS: Readonly<Record<string, string>> = {
  DEBUG: "debug",
  INFO: "info",
  WARNING: "warn",
  ERROR: "error",
  CRITICAL: "error",
};

const PROVIDERS: Readonly<Record<string, string>> = {
  python: "Python is always there; `execution.python` says how scripts run",
  mcp: "the built-in MCP tools are always there",
  ollama: "a server of models is `{type: ollama, url: URL}` now, or GLEITZEIT_OLLAMA_URL names it",
};

const BATCH =
  "say `max_file_size` and `max_parallel` in the document's `batch`, and --output FILE where results go";

const MEMORY = "memory:";

/** The old database is of another kind: the store lies beside it, under a name of its own. */
function storeOf(persistence: Found): string | undefined {
  const said = mapIn(persistence);
  const backend = said?.get("backend") ?? "sqlite";
  if (backend === "memory") return MEMORY;
  const path = said?.getIn(["sqlite", "db_path"]);
  if (backend !== "sqlite" || typeof path !== "string" || path === "") return undefined;
  const name = basename(path) === "gleitzeit.db" ? "gleitzeit-store.db" : "gleitzeit.db";
  return `sqlite:${join(dirname(path), name)}`;
}

function whyNoStore(persistence: Found, root: YAMLMap): string {
  if (root.has("store")) return "`store` stands beside it";
  const backend = mapIn(persistence)?.get("backend") ?? "sqlite";
  if (backend === "sqlite") return "a file in GLEITZEIT_HOME is the default";
  return `there is no ${typeof backend === "string" ? `\`${backend}\`` : "such store"} here; machines that share runs share a store \`esdb://HOST\``;
}

function entry(map: YAMLMap | undefined, name: string): Found | undefined {
  return entriesOf(map).find(({ key }) => key.value === name);
}

function entriesOf(map: YAMLMap | undefined): readonly Found[] {
  return (map?.items ?? []).flatMap((pair) =>
    map && isScalar(pair.key) ? [{ map, pair, key: pair.key }] : [],
  );
}

const mapIn = (found: Found | undefined): YAMLMap | undefined =>
  isMap(found?.pair.value) ? found.pair.value : undefined;

const scalarIn = (found: Found | undefined): unknown =>
  isScalar(found?.pair.value) ? found.pair.value.value : undefined;

function replace({ pair, key }: Found, name: string, value: string): void {
  const before = pair.value;
  const now = new Scalar(value);
  if (isScalar(before) && before.comment != null) now.comment = before.comment;
  key.value = name;
  pair.value = now;
}

/** What was said above it stays: it may be about more. */
function remove({ map, pair, key }: Found): void {
  const at = map.items.indexOf(pair);
  map.items.splice(at, 1);
  if (key.commentBefore == null) return;
  const next = map.items[at]?.key;
  if (isScalar(next)) next.commentBefore = both(key.commentBefore, next.commentBefore);
  else map.comment = both(map.comment, key.commentBefore);
}

const both = (first: string | null | undefined, second: string | null | undefined): string =>
  [first, second].filter((text) => text != null).join("\n");
