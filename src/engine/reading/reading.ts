// What those are given who ask about runs: a store, opened to read, and, for those who also drive runs, an engine on it.
import type { Actor, Incarnation, RunId } from "../../domain/index.ts";
import type { Engine } from "../door.ts";
import type { Payloads } from "../log/decode.ts";
import type { NameEntries, ReadModels, Store, TenantKeys } from "../ports/index.ts";

export type Reading = {
  readonly store: Store & Payloads;
  /** As a user writes it: `sqlite:/var/x.db`. */
  readonly place: string;
  readonly exists: boolean;
  readonly tenant: string;
  readonly readModels: () => Promise<ReadModels>;
  readonly keys: () => Promise<TenantKeys>;
  readonly isAlive: (incarnation: Incarnation) => Promise<boolean>;
  /** Undefined when it was erased. */
  readonly nameOf: (actor: Actor) => Promise<string | undefined>;
  /** Where the log is a server's: it knows what its runs are called, and drives them itself. */
  readonly server?: { readonly find: (text: string) => Promise<RunId> };
};

export type Driving = Reading & {
  readonly engine: Engine;
  readonly actor: Actor;
  readonly names: NameEntries;
};
