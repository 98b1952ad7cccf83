// What the server is given to work with. compose/serve.ts fills it.
import type { z } from "zod";
import type { Actor, ErrorCode, JsonObject, KeyId, Problem, Role, RunId } from "../../domain/index.ts";
import type {
  Clock,
  Driving,
  ExportedPart,
  GivenRun,
  LineFormat,
  Log,
  ProviderRegistry,
  RecordedCall,
  RegistrationRequest,
  Registry,
  Retained,
  RunRequestDocument,
  SettingsDesk,
  ShownRetention,
  TrailAsked,
  TrailEntry,
  WebhookDesk,
  Workflow,
} from "../../engine/index.ts";
import type { Keyring } from "../../engine/ports/index.ts";

/** A document as a request brings it: its text or its value, and the files that it names. */
export type PostedDocument = {
  readonly workflow: string | JsonObject;
  /** What it is called: where its text stands in, and what problems name. */
  readonly file?: string | undefined;
  readonly files?: readonly PostedFile[] | undefined;
  /** Where paths are looked up beside the document's own folder. */
  readonly working?: string | undefined;
};
export type PostedFile = { readonly path: string; readonly base64: string };

/** Nothing of a document is read from this machine but what was registered or posted. */
export type PostedDocuments = {
  workflow(document: PostedDocument): Promise<Workflow>;
  request(document: PostedDocument, given: (workflow: Workflow) => GivenRun): Promise<RunRequestDocument>;
  /** By a registered name, if need be NAME@VERSION. */
  named(name: string, given: (workflow: Workflow) => GivenRun): Promise<RunRequestDocument>;
  check(document: PostedDocument): Promise<readonly Problem[]>;
  registration(document: PostedDocument, reason?: string): Promise<RegistrationRequest>;
};

export type Door = {
  readonly asksForKeys: () => boolean;
  readonly identify: (text: string) => {
    readonly id?: KeyId;
    readonly found?: { readonly key: { readonly id: KeyId; readonly role: Role }; readonly actor: Actor };
  };
  readonly stillCounts: (id: KeyId) => boolean;
  readonly keyring: Keyring;
};

/** How documents look, as they are published for every way in. */
export type Shapes = {
  readonly run: z.ZodType;
  readonly runs: z.ZodType;
  readonly event: z.ZodType;
  readonly events: z.ZodType;
  readonly timeline: z.ZodType;
  readonly status: z.ZodType;
  readonly failures: z.ZodType;
  readonly diff: z.ZodType;
  readonly forkPlan: z.ZodType;
  readonly checkpoint: z.ZodType;
  readonly vkeys: z.ZodType;
  readonly proof: z.ZodType;
  readonly erased: z.ZodType;
  readonly held: z.ZodType;
  readonly erasures: z.ZodType;
  readonly holds: z.ZodType;
  readonly retention: z.ZodType;
  readonly retained: z.ZodType;
  readonly trailEntry: z.ZodType;
  readonly settings: z.ZodType;
  readonly flag: z.ZodType;
  readonly flags: z.ZodType;
  readonly quota: z.ZodType;
  readonly quotas: z.ZodType;
  readonly workflow: z.ZodType;
  readonly registered: z.ZodType;
  readonly workflows: z.ZodType;
  readonly validated: z.ZodType;
  readonly providers: z.ZodType;
  readonly key: z.ZodType;
  readonly keys: z.ZodType;
  readonly newKey: z.ZodType;
  readonly webhook: z.ZodType;
  readonly webhooks: z.ZodType;
  readonly newWebhook: z.ZodType;
  readonly webhookTested: z.ZodType;
  readonly deliveries: z.ZodType;
  readonly delivery: z.ZodType;
  readonly replay: z.ZodType;
};

export type SignedHead = {
  readonly origin: string;
  readonly size: number;
  readonly root: string;
  readonly note: string;
  /** Of those in the configuration, what each did. */
  readonly witnesses?: readonly {
    readonly name: string;
    readonly cosignedAt?: string;
    readonly problem?: string;
  }[];
};

/** What is signed of the log, as others may check it. */
export type AuditDesk = {
  /** The last one that stands in the log; undefined before there is one. */
  latest(): Promise<SignedHead | undefined>;
  /** One of everything that is durable now. */
  checkpoint(): Promise<SignedHead>;
  vkeys(): Promise<
    { readonly origin: string; readonly current: string; readonly old: readonly string[] } | undefined
  >;
  prove(eventId: string): Promise<{ readonly index: number; readonly size: number; readonly text: string }>;
  /** Itself recorded, before anything of it is told. */
  trail(asked: TrailAsked, by: Actor): Promise<AsyncIterable<TrailEntry>>;
  /** Undefined for what the last signed head does not cover. */
  tile(level: number | "entries", n: number, width: number): Promise<Uint8Array | undefined>;
};

/** What leaves the log, in lines, for whoever asks; that it does is recorded first. */
export type ExportDesk = (by: Actor) => {
  /** `since`: a signed note. */
  bundle(what: ExportedPart, since?: string): Promise<AsyncIterable<string>>;
  lines(format: LineFormat, what: ExportedPart, since?: string): Promise<AsyncIterable<string>>;
  /** The calls of a run, as a cassette keeps them. */
  calls(run: RunId, children: boolean): Promise<AsyncIterable<RecordedCall>>;
  /** Everything on a person of that name, in clear. */
  heldOn(name: string): Promise<AsyncIterable<string>>;
};

export type RetentionDesk = {
  plan(): Promise<ShownRetention>;
  run(by: Actor): Promise<Retained>;
};

export type ServerLimits = {
  readonly bodyBytes: number;
  readonly requestsPerMinute: number;
  /** While the event loop is later than this, requests are turned away. */
  readonly delayMs: number;
  /** So long a request may take to come, headers and body. */
  readonly requestMs: number;
};

export type HttpParts = {
  readonly version: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly driving: Driving & Registry;
  readonly registry: ProviderRegistry;
  readonly documents: PostedDocuments;
  /** What is certain to be refused is refused before the run is there. */
  readonly ready: (request: RunRequestDocument) => Promise<void>;
  readonly webhooks: WebhookDesk;
  readonly audit: AuditDesk;
  readonly exports: ExportDesk;
  readonly retention: RetentionDesk;
  /** Flags and quotas of the tenant. */
  readonly settings: SettingsDesk;
  /** Of a key, as the tenant's quota says; undefined where it has none. */
  readonly requestsPerMinute: () => Promise<number | undefined>;
  /** Values with their sources; secrets are masked. */
  readonly configuration: () => Promise<JsonObject>;
  readonly door: Door;
  readonly denied: (denied: {
    readonly key?: KeyId | undefined;
    readonly address: string;
    readonly code: ErrorCode;
  }) => void;
  /** Somebody is given a person's data, known by their pseudonym. */
  readonly payloadRead: (read: {
    readonly actor: Actor;
    readonly run: RunId;
    readonly subject: string;
  }) => void;
  /** Who asks where nobody needs a key. */
  readonly anybody: Actor;
  readonly shapes: Shapes;
  readonly limits: ServerLimits;
  /** Names the log: cursors of another one are refused. */
  readonly logId: string;
  readonly newRequestId: () => string;
};
