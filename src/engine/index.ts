// The engine as adapters see it.

export { type DiffOptions, diffRuns } from "./comparing/diff-runs.ts";
export type { DiffDocument, DifferenceDocument, DifferenceKind } from "./comparing/difference.ts";
export type { Engine, OwnEngine, Started, WorkerOptions } from "./door.ts";
export type { DriveEnd, LiveEvent } from "./driven.ts";
export type { Chunk } from "./driving/drivers.ts";
export type { Requested } from "./driving/requests.ts";
export { openEngine } from "./engine.ts";
export type { ForkRequest } from "./forking/fork.ts";
export type { ForkPlan } from "./forking/plan.ts";
export { DEFAULT_LIMITS, type EngineLimits, type Host } from "./host.ts";
export { checkLog, type LogCheck } from "./log/check-log.ts";
export { decode, openValues } from "./log/decode.ts";
export type { Values } from "./log/encode.ts";
export { type FollowOptions, followPages } from "./log/follow.ts";
export { hashesIn, type Named, namedBy } from "./log/hashes-in.ts";
export { eventsOf, type Submission, submissionOf } from "./log/history.ts";
export { archiveOf, deletedAt } from "./log/left-run.ts";
export { runStreams } from "./log/run-streams.ts";
export * from "./ports/index.ts";
export { catalogOf } from "./providers/catalog.ts";
export { type CurrentRegistry, currentRegistry } from "./providers/current-registry.ts";
export { confidence, discreet, discreetly } from "./providers/discreet.ts";
export { byName, type NamedHealth, namedHealth } from "./providers/health.ts";
export { preflight } from "./providers/preflight.ts";
export {
  type Fallbacks,
  type ListedMethod,
  type ProviderRegistry,
  providerRegistry,
} from "./providers/registry.ts";
export { type Usage, usage } from "./providers/usage.ts";
export { ask, taskOf } from "./reading/asking.ts";
export { awake, awakeFor } from "./reading/awake.ts";
export { blobOfRun } from "./reading/blob-of-run.ts";
export { decidersText, type Question } from "./reading/deciders.ts";
export { definitionOf } from "./reading/definition.ts";
export { driveOrWait, ended, isDrivenElsewhere, type Waiting } from "./reading/elsewhere.ts";
export { type ErrorJson, errorJson } from "./reading/error-json.ts";
export { type EventJson, eventJson, type ValuesForm } from "./reading/event-json.ts";
export {
  type CauseDocument,
  type CausesAsked,
  type CausesFound,
  FAILURE_CAUSES,
  failureCauses,
} from "./reading/failure-causes.ts";
export { findRun, noStore } from "./reading/find-run.ts";
export { heldOn } from "./reading/held-on.ts";
export { type LoggedEvent, loggedEvents } from "./reading/logged-events.ts";
export { methodText } from "./reading/method-text.ts";
export type { Driving, Reading } from "./reading/reading.ts";
export { type RecordedCall, recordedCalls } from "./reading/recorded-calls.ts";
export { chartIn } from "./reading/run-chart.ts";
export { type RunDocument, runDocument, type TaskDocument, taskDocument } from "./reading/run-document.ts";
export { isEnd, lastEventOf, runEvents } from "./reading/run-events.ts";
export { graphOf, type History, historyOf } from "./reading/run-history.ts";
export { listOf, type RunList, runList } from "./reading/run-list.ts";
export { type RunReport, reportOf, type TaskReport } from "./reading/run-report.ts";
export type { RunRowDocument } from "./reading/run-row.ts";
export { runsPage } from "./reading/runs-page.ts";
export { type SignedSize, type StatusDocument, statusDocument } from "./reading/status-document.ts";
export { textIn } from "./reading/text-in.ts";
export {
  attemptJson,
  gapJson,
  type TimelineDocument,
  timelineDocument,
} from "./reading/timeline-document.ts";
export { type WaitDocument, waitDocument } from "./reading/wait-document.ts";
export { findRegistered, type Registry } from "./registered/find-registered.ts";
export { type OpenedWorkflow, openRegistered } from "./registered/open-registered.ts";
export type { Registered, RegistrationRequest } from "./registered/register.ts";
export {
  type ListedWorkflow,
  registeredWorkflow,
  registeredWorkflows,
  type ShownWorkflow,
} from "./registered/registered-documents.ts";
export type {
  Registration,
  Registrations,
} from "./registered/registrations.ts";
export { type VersionDocument, versionDocument } from "./registered/version-document.ts";
export type { Divergence, DivergenceKind, StubReplay } from "./replay/divergence.ts";
export { type OtherDocument, otherDocument } from "./replay/other-document.ts";
export type { ReplayHost } from "./replay/outside.ts";
export { recordedRuns } from "./replay/recorded-runs.ts";
export { type ReplayedAll, replayAll } from "./replay/replay-all.ts";
export { replayRun } from "./replay/replay-run.ts";
export { type Transition, transitionDocument, transitionsOf } from "./replay/transitions.ts";
export { valuesInSight } from "./resolving/values-in-sight.ts";
export { actorId } from "./resolving/waits.ts";
export { oldArchives } from "./retention/discard.ts";
export { type DueDeliveries, dueDeliveries } from "./retention/due-deliveries.ts";
export type { RetentionKit } from "./retention/kit.ts";
export { planOf, type RetentionPlan } from "./retention/plan.ts";
export type { RetentionPolicies, RetentionPolicy } from "./retention/policy.ts";
export { type Retained, retain } from "./retention/retain.ts";
export {
  planDocument,
  type RetainedDocument,
  type RetentionDocument,
  retainedDocument,
  retentionDocument,
  type ShownRetention,
} from "./retention/retention-document.ts";
export { retainRegularly } from "./retention/schedule.ts";
export { checkSecrets, missingSecrets } from "./secrets/missing-secrets.ts";
export { type KeptSettings, keptSettings } from "./settings/kept-settings.ts";
export {
  type ConfiguredSettings,
  type FlagDocument,
  type HowSet,
  type QuotaDocument,
  type SettingsDesk,
  settingsDesk,
} from "./settings/settings-desk.ts";
export { erasuresDocument } from "./subjects/erasures-document.ts";
export { type HoldDocument, holdsDocument } from "./subjects/holds-document.ts";
export {
  type ErasedDocument,
  type HeldDocument,
  type HoldOn,
  heldAs,
  type Persons,
  persons,
} from "./subjects/persons.ts";
export { erasedKeys } from "./subjects/story.ts";
export { subjectPseudonym } from "./subjects/subject.ts";
export { type CapturedForRun, type CaptureKit, capturedFor, capturedText } from "./submitting/capture.ts";
export {
  type CapturedWorkflows,
  capturedWorkflows,
  type FindWorkflow,
  type FoundWorkflow,
} from "./submitting/captured-workflows.ts";
export type { RunRequestDocument } from "./submitting/submit.ts";
export { type GivenRun, takenInputs, type Workflow } from "./submitting/workflow.ts";
export type { Tested } from "./webhooks/by-hand.ts";
export type { WebhookDesk } from "./webhooks/desk.ts";
export type { DeliveryKit, SendingKit, WebhookKit } from "./webhooks/kit.ts";
export type { PastDelivery } from "./webhooks/past-delivery.ts";
export { removedBefore } from "./webhooks/removed.ts";
export { factsOfRuns, hasLeft } from "./webhooks/run-facts.ts";
