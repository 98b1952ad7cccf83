// What is set for tenants, as their streams tell it: read when it is first asked for, and again only when another process
// has written since. So whoever asks for every run that is submitted pays for one look at a map.
import type { Subscription } from "rxjs";
import {
  type Actor,
  type ConfiguredFlags,
  changesSettings,
  evolveSettings,
  type Flag,
  type FlagStanding,
  flagStanding,
  GleitzeitError,
  NOTHING_SET,
  type Revision,
  readSettingsEvent,
  SETTINGS_EVENT_VERSION,
  type SettingsEvent,
  settingsStream,
  type TenantSettings,
} from "../../domain/index.ts";
import { json, recordedIn } from "../log/decode.ts";
import { storedIn } from "../log/stored-in.ts";
import { type EventStore, type StoredEvent, VersionConflict } from "../ports/index.ts";
import { type Noting, noted } from "../subjects/noted.ts";

export type SettingsKit = Noting & {
  readonly events: EventStore;
  /** What the configuration in force says of flags. */
  readonly configuredFlags: () => Promise<ConfiguredFlags>;
};

export type KeptSettings = {
  /** As they stood when it was asked, but for what another process has written a moment ago. */
  readonly of: (tenant: string) => Promise<TenantSettings>;
  readonly flag: (flag: Flag, tenant: string) => Promise<FlagStanding>;
  /** Writes nothing where it stands so already. Counts here at once. */
  readonly change: (tenant: string, event: SettingsEvent, actor: Actor) => Promise<TenantSettings>;
  /** Idempotent. */
  readonly close: () => void;
};

type Kept = {
  settings: TenantSettings;
  head: Revision | "none";
  /** What had been heard of others when it was read. */
  heard: number | undefined;
  reading: Promise<void> | undefined;
};

const TRIES = 20;

export function keptSettings(kit: SettingsKit): KeptSettings {
  const { events } = kit;
  const all = new Map<string, Kept>();
  let heard = 0;
  /** Nobody tells of others any more: it is read each time. */
  let isDeaf = false;
  let listening: Subscription | undefined;

  const keptOf = (tenant: string): Kept => {
    const kept = all.get(tenant) ?? {
      settings: NOTHING_SET,
      head: "none",
      heard: undefined,
      reading: undefined,
    };
    all.set(tenant, kept);
    return kept;
  };

  const readOn = async (tenant: string, kept: Kept): Promise<void> => {
    listening ??= events.changes("others").subscribe({
      next: () => {
        heard += 1;
      },
      error: () => {
        isDeaf = true;
      },
    });
    const now = heard;
    for await (const stored of storedIn(events, settingsStream(tenant), after(kept.head)))
      if (stored.revision >= after(kept.head)) apply(kept, stored);
    kept.heard = now;
  };
  const read = (tenant: string, kept: Kept): Promise<void> => {
    kept.reading ??= readOn(tenant, kept).finally(() => {
      kept.reading = undefined;
    });
    return kept.reading;
  };

  const of = async (tenant: string): Promise<TenantSettings> => {
    const kept = keptOf(tenant);
    const isCurrent = (): boolean => kept.heard === heard && !isDeaf;
    if (isCurrent()) return kept.settings;
    await kept.reading; // it may have begun before that was written
    if (!isCurrent()) await read(tenant, kept);
    return kept.settings;
  };

  return {
    of,
    flag: async (flag, tenant) => flagStanding(await of(tenant), await kit.configuredFlags(), flag),
    change: async (tenant, event, actor) => {
      const kept = keptOf(tenant);
      for (let tries = 1; ; tries += 1) {
        await kept.reading;
        await read(tenant, kept);
        if (!changesSettings(kept.settings, event)) return kept.settings;
        const bytes = noted(kit, event, SETTINGS_EVENT_VERSION, { tenant, actor });
        try {
          await events.append(settingsStream(tenant), kept.head, [bytes]);
        } catch (error) {
          if (!(error instanceof VersionConflict) || tries === TRIES) throw error;
          continue;
        }
        await kept.reading;
        await read(tenant, kept);
        return kept.settings;
      }
    },
    close: () => listening?.unsubscribe(),
  };
}

const after = (head: Kept["head"]): Revision => (head === "none" ? 0 : head + 1);

function apply(kept: Kept, stored: StoredEvent): void {
  const event = readSettingsEvent(stored.type, stored.schemaVersion, json(stored, stored.data));
  if (!event) throw unreadable(stored);
  const { at, actor: by } = recordedIn(stored);
  kept.settings = evolveSettings(kept.settings, event, { at, by });
  kept.head = stored.revision;
}

const unreadable = ({ type, stream, revision }: StoredEvent): GleitzeitError =>
  new GleitzeitError(
    "PERSISTENCE_INTEGRITY_ERROR",
    `event ${type} (${stream}, revision ${revision}) cannot be read: written by a newer version?`,
  );
