// What every part of an installation is made with: the host, the settings, the log, and who closes what was opened.
import * as config from "../adapters/config/index.ts";
import { luxonZones, systemClock, systemRandom } from "../adapters/host/index.ts";
import { type LogLevel, pinoLog } from "../adapters/telemetry/index.ts";
import { type Actor, Incarnation } from "../domain/index.ts";
import {
  actorId,
  type Clock,
  type Log,
  type Provider,
  type Random,
  type TenantKeys,
} from "../engine/index.ts";
import { type Closers, closers, once } from "../lifetime.ts";

/** Who does what is done: an opaque id, or a name that becomes one and stands in the directory beside the key. */
export type Who =
  | { readonly type: "user" | "service"; readonly id: string; readonly onBehalfOf?: string }
  | { readonly type: "user" | "service" | "cli"; readonly name: string };

export type Outside = config.Places & {
  readonly version: string;
  readonly who: Who;
  /** Log lines as text, or a log of one's own. */
  readonly log: ((line: string) => void) | Log;
  /** Made by the caller; beside those of the installation. */
  readonly ownProviders?: readonly Provider[];
  readonly cassette?: CassetteUse;
  /** Calls back when an operator asks for the configuration to be read again; answers how to stop that. */
  readonly onReload?: (asked: () => void) => () => void;
};

/** `isAnew`: what the folder has of a call is replaced when it is made again. */
export type CassetteUse = {
  readonly kind: "record" | "play";
  readonly folder: string;
  readonly isAnew: boolean;
};

export type Base = {
  readonly outside: Outside;
  readonly clock: Clock;
  readonly random: Random;
  readonly zones: ReturnType<typeof luxonZones>;
  /** Of this process, or of this engine where a process has several. */
  readonly own: Incarnation;
  readonly closing: Closers;
  /** In force: as they were when this began, but for what has been taken over since. */
  readonly settings: () => Promise<config.Settings>;
  /** As they would be if this began now. */
  readonly settingsNow: () => Promise<config.Settings>;
  /** From now on these hold, as far as they count at once. */
  readonly adopt: (settings: config.Settings) => Promise<void>;
  readonly log: () => Promise<Log>;
};

export function base(outside: Outside, flags: config.Flags): Base {
  const random = systemRandom();
  const settingsNow = () => config.loadSettings(outside, flags);
  const first = once(settingsNow);
  let adopted: config.Settings | undefined;
  const settings = async () => adopted ?? first();
  const { log, setLevel } = logging(outside.log, settings);
  return {
    outside,
    clock: systemClock(),
    random,
    zones: luxonZones(),
    own: Incarnation.parse(random.eventId()),
    closing: closers(),
    settings,
    settingsNow,
    adopt: async (next) => {
      adopted = config.reloaded(await settings(), next);
      await setLevel(adopted.values.log_level);
    },
    log,
  };
}

/** Whoever brings a log of their own decides by themselves what of it they see. */
function logging(log: Outside["log"], settings: Base["settings"]) {
  if (typeof log !== "function") return { log: async () => log, setLevel: async () => undefined };
  const own = once(async () => pinoLog((await settings()).values.log_level, log));
  return { log: own, setLevel: async (level: LogLevel) => (await own()).setLevel(level) };
}

type Directory = {
  readonly tenant: string;
  readonly remember: (actor: Actor, name: string) => Promise<void>;
};

/** The same name is the same id, whichever way in it came. */
export async function actorOf(who: Who, keys: TenantKeys, { tenant, remember }: Directory): Promise<Actor> {
  if (!("name" in who)) return who;
  const actor: Actor = { type: who.type, id: actorId(keys, tenant, who.name) };
  await remember(actor, who.name);
  return actor;
}
