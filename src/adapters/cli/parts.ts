// What commands are given to work with. compose.ts fills it; each member loads what it needs when it is asked for.
import type { ErrorCode, ErrorInfo, Json, JsonObject, Problem } from "../../domain/index.ts";
import type {
  CheckReport,
  Clock,
  Driving,
  GivenRun,
  HoldDocument,
  Persons,
  ProviderRegistry,
  Reading,
  ReplayHost,
  RunRequestDocument,
  SettingsDesk,
  Workflow,
} from "../../engine/index.ts";
import type { Keyring } from "../../engine/ports/index.ts";
import type { Answers } from "./answers.ts";
import type { Auditing, VerifyBundle } from "./audit-parts.ts";
import type { Exporting } from "./export-parts.ts";
import type { RetentionAccess } from "./retention-access.ts";
import type { Serving } from "./server-parts.ts";
import type { CopiedStore, MigratedStore, StoreKeeping } from "./store-keeping.ts";
import type { WebhookParts } from "./webhook-access.ts";

export type { Globals } from "./globals.ts";
export type {
  Answers,
  Auditing,
  CopiedStore,
  Driving,
  Exporting,
  MigratedStore,
  Reading,
  StoreKeeping,
  VerifyBundle,
};

export type Parts = WebhookParts & {
  readonly clock: Clock;
  /** The server that is asked; undefined where everything happens here. */
  readonly server?: string;
  configuration(): Promise<Configuration>;
  /** A configuration file by itself; without a name the one in force. */
  checkConfiguration(file?: string): Promise<CheckedFile>;
  configurationFiles(): Promise<ConfigurationFiles>;
  /** What setting this would make of the file; nothing is written. */
  changedConfiguration(setting: string, value: string): Promise<ChangedConfiguration>;
  /** What the file in force, or this one, would be with the keys of today; nothing is written. */
  migratedConfiguration(file?: string): Promise<MigratedConfiguration>;
  providers(): Promise<ProviderRegistry>;
  /** Checks as they end. PROVIDER_NOT_FOUND where nothing has that name. */
  conformance(target: CheckTarget): Promise<AsyncIterable<CheckReport>>;
  /** Records that an instance gets no more calls, or gets them again; false when it stood so already. */
  drain(request: DrainRequest): Promise<boolean>;
  /** Servers on this machine that answer where servers of models usually are. Nothing is changed. */
  discovered(): Promise<readonly DiscoveredServer[]>;
  /** All that is wrong with a document. */
  check(path: string): Promise<readonly Problem[]>;
  /** A document of the Python original: what becomes of it here. */
  imported(path: string): Promise<Imported>;
  /** A document that has to be valid, or the error that lists what is wrong with it. */
  workflow(path: string): Promise<Workflow>;
  /** The same for a file, or for a name under which one is registered, if need be with a version: NAME@VERSION. */
  workflowNamed(text: string): Promise<Workflow>;
  /** The same for a document that the command itself has written; `path` is where it would stand. */
  written(path: string, document: JsonObject): Promise<Workflow>;
  request(workflow: Workflow, given: GivenRun): Promise<RunRequestDocument>;
  /** Starts ahead of the run what would take the first task's time; refuses what is certain to be refused. */
  ready(request: RunRequestDocument): Promise<void>;
  /** CONFIGURATION_ERROR with every secret that the run would miss here. */
  checkSecrets(request: RunRequestDocument): Promise<void>;
  /** The log as it is; nothing is made that is not there. */
  reading(): Promise<Reading>;
  readonly answers: Answers;
  /** An engine on the store, which is made when it is not there. */
  driving(): Promise<Driving>;
  /** The log, and what decides its runs again without reaching outside. */
  replaying(): Promise<ReplayHost>;
  keeping(): Promise<StoreKeeping>;
  auditing(): Promise<Auditing>;
  readonly exporting: Exporting;
  /** What is decided on persons, whose names go no further. */
  persons(): Promise<Persons>;
  /** Those that stand. */
  holds(): Promise<readonly HoldDocument[]>;
  retention(): RetentionAccess;
  /** Runs that are past their time leave now and then, until that. */
  retainRegularly(stop: AbortSignal): Promise<void>;
  readonly verifyBundle: VerifyBundle;
  /** CONFIGURATION_ERROR where secrets are not kept in the vault. */
  vault(): Promise<VaultKeeping>;
  /** `write`: it is to be changed, and made if it is not there. */
  keyring(write: boolean): Promise<Keyring>;
  /** Flags and quotas; `write`: something is to be set. */
  settings(write: boolean): Promise<SettingsDesk>;
  /** Answers over HTTP from now on, until the parts are closed. */
  serve(asked: { readonly host?: string; readonly port?: number }): Promise<Serving>;
  checkups(): AsyncIterable<Checkup>;
  /** Everything that was opened, in the right order. Idempotent. */
  close(): Promise<void>;
};

/** What `providers test` looks at. */
export type CheckTarget = {
  readonly what:
    | { readonly kind: "name"; readonly name: string }
    | { readonly kind: "command"; readonly words: readonly string[] }
    | { readonly kind: "url"; readonly url: string };
  /** By JSON-RPC alone. */
  readonly isPlain: boolean;
  /** For each answer. */
  readonly patienceMs: number;
};

export type DrainRequest = {
  readonly provider: string;
  readonly instance: string;
  readonly draining: boolean;
  readonly reason?: string;
};

export type DiscoveredServer = {
  readonly type: string;
  readonly url: string;
  readonly models: readonly string[];
  /** The provider that asks it already. */
  readonly provider?: string;
};

export type Imported = {
  readonly findings: readonly ImportFinding[];
  /** With the words of today; absent where nothing would change. */
  readonly text?: string;
};

export type ImportFinding = Omit<Problem, "code"> & {
  /** It does not run so · it runs, and something else happens · another word for the same. */
  readonly kind: "refused" | "differs" | "key";
  readonly code?: ErrorCode;
};

export type Configuration = {
  readonly home: string;
  readonly file: string | undefined;
  readonly settings: readonly { readonly path: string; readonly value: Json; readonly source: string }[];
};

/** `text` is the whole file as it would be. */
export type ChangedConfiguration = {
  readonly file: string;
  readonly text: string;
  readonly isNew: boolean;
  readonly before: Json;
  readonly after: Json;
};

export type MigratedConfiguration = {
  readonly file: string;
  readonly before: string;
  readonly after: string;
  readonly findings: readonly {
    readonly kind: "rewritten" | "dropped";
    readonly message: string;
    readonly line: number;
    readonly column: number;
    readonly path: string;
  }[];
  /** Why it could not be written so. */
  readonly problems: readonly Problem[];
};

export type CheckedFile = { readonly file: string | undefined; readonly problems: readonly Problem[] };
export type ConfigurationFiles = { readonly used: string | undefined; readonly lookedFor: readonly string[] };

/** One thing that `doctor` looked at. */
export type Checkup = {
  readonly name: string;
  readonly status: "ok" | "warning" | "failed";
  readonly detail: string;
  /** Of what runs scripts: which protection holds here, and what is open without the rest. */
  readonly layers?: readonly string[];
  readonly missing?: readonly { readonly layer: string; readonly means: string }[];
  readonly error?: ErrorInfo;
};

/** The encrypted file of secrets; values go in and never come out. */
export type VaultKeeping = {
  readonly file: string;
  readonly keyFile: string;
  list(): Promise<readonly KeptSecret[]>;
  set(name: string, value: string): Promise<KeptSecret>;
  rotate(name: string, value: string): Promise<KeptSecret>;
  remove(name: string): Promise<void>;
  changeKey(): Promise<void>;
};

export type KeptSecret = { readonly name: string; readonly created: string; readonly changed: string };
