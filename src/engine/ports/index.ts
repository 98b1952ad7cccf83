// What the engine asks of the world; adapters answer.

export { retryAfterMs, statusFault } from "./answered-status.ts";
export type { Archived, ArchivedStream, ArchiveReading, Archives } from "./archives.ts";
export type { BlobStore } from "./blob-store.ts";
export type { Caller, Cassette } from "./cassette.ts";
export { type Checked, type CheckReport, checkReport, type Finding } from "./check-report.ts";
export { type Connection, connection, type Session } from "./connection.ts";
export type { Container, ContainerProgram, Containers } from "./containers.ts";
export * from "./event-store.ts";
export type { Captured, CapturedFile, FileCapture, FileNeeds, Folders } from "./files.ts";
export type { Clock, Log, Random, Sha256, TenantKeys } from "./host.ts";
export type { Incarnations } from "./incarnations.ts";
export type { JsonSchemas, ValueCheck } from "./json-schemas.ts";
export type { Keyring, NewKey, ShownKey } from "./keyring.ts";
export { type ExportedPart, LINE_FORMATS, type LineFormat } from "./leaving.ts";
export { type LineProgram, lineProgram, type SpokenProgram } from "./line-program.ts";
export { lineReader } from "./line-reader.ts";
export { methodNamed } from "./method-named.ts";
export type { NameEntries } from "./name-entries.ts";
export type { Outbound, OutboundRequest, OutboundResponse } from "./outbound.ts";
export { type Overheard, overheard } from "./overheard.ts";
export { invalidParams, type ParamProblem, paramProblems } from "./params.ts";
export { plainEvent, type Recording } from "./plain-event.ts";
export type { ProcessEnd, Processes, ProcessGroup, Program } from "./processes.ts";
export type {
  Call,
  CallContext,
  Described,
  Evidence,
  Foreseen,
  Health,
  InstanceHealth,
  Method,
  Outcome,
  Provider,
  Tried,
  Usage,
} from "./provider.ts";
export { type MethodContext, providerOf, type ServedMethod } from "./provider-of.ts";
export type {
  ReadModelState,
  ReadModels,
  Rebuilt,
  RowDifference,
  RunQuery,
  SubmittedRuns,
} from "./read-models.ts";
export type { NamedIn, Removal } from "./removal.ts";
export type {
  CommandSandbox,
  LanguageProgram,
  PerformScript,
  Sandbox,
  ScriptFailed,
  ScriptLanguage,
  ScriptLimits,
  ScriptOptions,
  ScriptProvider,
  ScriptRan,
  ScriptWork,
  SpokenLanguage,
  StartScript,
} from "./sandbox.ts";
export { possiblePaths, scriptFiles, scriptSourceFiles } from "./script-files.ts";
export { scriptOperations } from "./script-operations.ts";
export type { Destroyed, KeyEncryption, Sealed, SealedPlace, SealKey, Seals, SubjectKeys } from "./seals.ts";
export { type Secrets, SHORTEST_SECRET } from "./secrets.ts";
export type { Snapshots } from "./snapshots.ts";
export type { Store } from "./store.ts";
export { lastOf } from "./stream-end.ts";
export type { TrailAsked, TrailEntry, TrailOutcome, TrailSought } from "./trail.ts";
export type { CertificateFacts, NewSecret, SecretKind, SignedMessage, WebhookKeys } from "./webhooks.ts";
