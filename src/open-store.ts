// What compose.ts asks for when it opens a store, and what it gets.
import type { AuditorParts } from "./adapters/audit/index.ts";
import type { Settings } from "./adapters/config/index.ts";
import type { Actor, Incarnation } from "./domain/index.ts";
import type {
  Clock,
  Incarnations,
  Log,
  NameEntries,
  Random,
  ReadModels,
  Snapshots,
  Store,
  SubjectKeys,
  TenantKeys,
} from "./engine/index.ts";

export type OpenStore = {
  readonly store: Store & { readonly seals: SubjectKeys };
  readonly place: string;
  readonly exists: boolean;
  readonly tenant: string;
  readonly readModels: () => Promise<ReadModels>;
  /** Where nothing outlives the process there are none. */
  readonly snapshots?: () => Promise<Snapshots>;
  readonly keys: () => Promise<TenantKeys>;
  /** What secrets of webhooks are sealed with; undefined for who only reads where there are none. */
  readonly webhookKey: () => Promise<Uint8Array | undefined>;
  /** Folders of the audit log; where nothing outlives the process there are none. */
  readonly auditFolders?: AuditFolders;
  /** Where it lies instead, once for all who ask of this store. */
  readonly auditInMemory?: () => Promise<AuditInMemory>;
  readonly incarnations: () => Promise<Incarnations>;
  readonly isAlive: (incarnation: Incarnation) => Promise<boolean>;
  readonly nameOf: (actor: { readonly id: string }) => Promise<string | undefined>;
  readonly names: NameEntries;
  readonly remember: (actor: Actor, name: string) => Promise<void>;
};

export type AuditInMemory = Pick<AuditorParts, "tiles" | "keys" | "kept">;

/** `tiles` beside the store; `keys`, and above all `kept`, not where somebody would put a copy of it back. */
export type AuditFolders = {
  readonly tiles: string;
  readonly keys: string;
  readonly kept: string;
  /** The log itself, where it is a file that another thread can read. */
  readonly file?: string;
  /** Where runs go that leave the store, unless the configuration says where. */
  readonly archives: string;
};

/** As the configuration says; relative paths in it start from `folder`. */
export type Sealing = {
  readonly isAll: boolean;
  readonly keyEncryption: string | undefined;
  readonly folder: string;
  readonly env: { readonly [name: string]: string | undefined };
};

export type StoreRequest = {
  readonly url: Settings["store"];
  /** GLEITZEIT_HOME. */
  readonly home: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly own: Incarnation;
  readonly sealing: Sealing;
  /** Makes what is not there: the file, its key. Without it a store that is not there is an empty one. */
  readonly write: boolean;
};
