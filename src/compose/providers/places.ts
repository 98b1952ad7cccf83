// Servers that are reached at an address, or as a program: one, or several addresses that stand for one another.
import * as config from "../../adapters/config/index.ts";
import type { Processes, Provider } from "../../engine/index.ts";
import type { Declared, DeclaredInstance } from "./pools.ts";

export type Reachable<Settings> = {
  readonly name: string;
  readonly settings: Settings;
  readonly processes: () => Promise<Processes>;
  readonly secretOf: (name: string) => Promise<string | undefined>;
  /** What its working folder starts from. */
  readonly folder: string;
  /** Who speaks a protocol, as it is now. */
  readonly speaking: (protocol: string) => readonly string[];
};

/** Each instance is reached at its own address, with its own headers beside those of all. */
export function servers<Settings extends config.PlacesSettings>(
  server: Reachable<Settings>,
  shape: string,
  make: (one: Reachable<Settings>) => Promise<readonly [Provider, ...Provider[]]>,
): Declared {
  const { name, settings, folder } = server;
  const essence = (one?: object): string => config.essenceOf({ ...settings, folder }, one);
  const at = (one: config.PlaceSettings): DeclaredInstance => {
    const { url, headers } = one;
    const own = { ...settings, url, ...(headers && { headers: { ...settings.headers, ...headers } }) };
    return { settings: one, url, essence: essence(one), make: () => make({ ...server, settings: own }) };
  };
  const [first, ...others] = settings.instances ?? [];
  const { url } = settings;
  const only: DeclaredInstance = {
    settings: {},
    ...(url !== undefined && { url }),
    essence: essence(),
    make: () => make(server),
  };
  return { name, shape, settings, instances: first ? [at(first), ...others.map(at)] : [only] };
}
