// Which store a URL means. What it holds beside the scheme is never repeated in a message: it may be a password.
import { isAbsolute, resolve } from "node:path";
import { didYouMean } from "../../domain/index.ts";
import { type EsdbStore, esdbProblem, esdbStore, isEsdb } from "./esdb-url.ts";

export type StoreUrl =
  | { readonly kind: "memory" }
  | { readonly kind: "sqlite"; readonly path: string }
  | EsdbStore;

const LATER = ["postgres", "postgresql"];
const EXPECTED = "`sqlite:PATH`, `esdb://HOST` or `memory:`";

/** Without the colon too: in YAML a text that ends in one needs quotes. */
const isMemory = (url: string): boolean => /^memory(?::(?:\/\/)?)?$/i.test(url);

/** Why it cannot be used here; undefined when it can. */
export function storeProblem(url: string): string | undefined {
  if (isMemory(url)) return undefined;
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(url)?.[1]?.toLowerCase();
  if (scheme === undefined) return `expected a store: ${EXPECTED}`;
  if (LATER.includes(scheme))
    return `stores of kind \`${scheme}\` are not available in this version; use \`sqlite:PATH\``;
  if (isEsdb(scheme)) return esdbProblem(url);
  const rest = url.slice(scheme.length + 1);
  if (scheme === "memory") return "`memory:` takes no path";
  if (scheme !== "sqlite") {
    return `unknown kind of store \`${scheme}\`${didYouMean(scheme, ["sqlite", "esdb", "memory"]) || `: ${EXPECTED}`}`;
  }
  return pathIn(rest) === "" ? "`sqlite:` needs a path" : undefined;
}

/** Of a checked URL. `folder`: what a relative path starts from; `userHome`: what `~` stands for. */
export function storeUrl(url: string, folder: string, userHome: string): StoreUrl {
  if (isMemory(url)) return { kind: "memory" };
  if (/^esdb[:+]/i.test(url)) return esdbStore(url);
  const written = pathIn(url.slice("sqlite:".length));
  const path = written === "~" || written.startsWith("~/") ? `${userHome}${written.slice(1)}` : written;
  return { kind: "sqlite", path: isAbsolute(path) ? path : resolve(folder, path) };
}

/** `sqlite:///var/x.db` and `sqlite:/var/x.db` are the same file. */
const pathIn = (rest: string): string => (rest.startsWith("//") ? rest.slice(2) : rest);

/** For output: a password in it is not shown. */
export const masked = (url: string): string => url.replace(/(\/\/[^/@:]*):[^/@]*@/, "$1:***@");
