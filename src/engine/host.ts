// Everything the engine is given; compose.ts fills it, tests fill it with a hand-driven clock and a memory store.
import {
  type ConfiguredFlags,
  DEFAULT_TIMEOUT_MS,
  type Expressions,
  type Metadata,
  type Zones,
} from "../domain/index.ts";
import type { Encode } from "./log/encode.ts";
import type { ValueCache } from "./log/value-cache.ts";
import type {
  BlobStore,
  Cassette,
  Clock,
  EventStore,
  FileCapture,
  Incarnations,
  Log,
  NameEntries,
  Random,
  ReadModels,
  Secrets,
  Sha256,
  Snapshots,
  SubjectKeys,
  TenantKeys,
} from "./ports/index.ts";
import type { ProviderRegistry } from "./providers/registry.ts";

export type Host = {
  readonly events: EventStore;
  readonly blobs: BlobStore;
  readonly incarnations: Incarnations;
  readonly registry: ProviderRegistry;
  /** Where calls are recorded, or played from. */
  readonly cassette?: Cassette;
  readonly files: FileCapture;
  /** Without them a run that is gone on with is read from its first event. */
  readonly snapshots?: Snapshots;
  /** Loaded when a run has a condition to ask. */
  readonly expressions: () => Promise<Expressions>;
  readonly globMatches: (glob: string, path: string) => boolean;
  readonly clock: Clock;
  readonly zones: Zones;
  readonly random: Random;
  readonly sha256: Sha256;
  readonly keys: TenantKeys;
  readonly seals: SubjectKeys;
  /** Names that go with a person who is erased; none where no name is kept. */
  readonly names?: Pick<NameEntries, "erase">;
  /** Asked for when a call names some. */
  readonly secrets: () => Promise<Secrets>;
  /** Variables that documents may read, as far as they are set. */
  readonly environment: { readonly [name: string]: string };
  /** Asked for results that were recorded earlier. */
  readonly readModels: () => Promise<Pick<ReadModels, "result" | "runs" | "submitted">>;
  /** What the configuration in force says of flags; nothing where there is no configuration. */
  readonly configuredFlags?: () => Promise<ConfiguredFlags>;
  readonly log: Log;
  readonly limits: EngineLimits;
};

export type EngineLimits = {
  /** Attempts under way at once in this process. */
  readonly slots: number;
  /** Largest result, in bytes of its JSON text. */
  readonly resultBytes: number;
  /** A claim of a process that cannot be asked is lost after this many milliseconds. */
  readonly leaseMs: number;
  /** For tasks whose document says nothing, milliseconds. */
  readonly taskTimeoutMs: number;
  /** Memory for values kept at hand, bytes. */
  readonly cacheBytes: number;
  /** With more tasks than this in the runs held in memory, a run that only waits leaves it until it goes on. */
  readonly heldTasks: number;
  /** After this many events of a run, or more where it has many tasks, its state is kept beside the log. */
  readonly snapshotEvents: number;
};

export const DEFAULT_LIMITS: EngineLimits = {
  slots: 32,
  resultBytes: 16 * 1024 * 1024,
  leaseMs: 30_000,
  taskTimeoutMs: DEFAULT_TIMEOUT_MS,
  cacheBytes: 64 * 1024 * 1024,
  heldTasks: 1000,
  snapshotEvents: 1000,
};

/** What the engine's parts share. */
export type Kit = Host & {
  readonly encode: Encode;
  readonly cache: ValueCache;
  /** Metadata of what the engine decides by itself. */
  readonly engineActor: Metadata["actor"];
};
