// The engine as adapters see it.
export { type CapturedForRun, type CaptureKit, capturedFor, capturedText } from "./capture.ts";
export {
  type CapturedWorkflows,
  capturedWorkflows,
  type FindWorkflow,
  type FoundWorkflow,
} from "./captured-workflows.ts";
export { catalogOf } from "./catalog.ts";
export { checkLog, type LogCheck } from "./check-log.ts";
export { type DiffOptions, diffRuns } from "./comparing/diff-runs.ts";
export type { DiffDocument, DifferenceDocument, DifferenceKind } from "./comparing/difference.ts";
export { decode, openValues } from "./decode.ts";
export { confidence, discreet, discreetly } from "./discreet.ts";
export type { Engine, Started, WorkerOptions } from "./door.ts";
export type { DriveEnd, LiveEvent } from "./driven.ts";
export type { Chunk } from "./drivers.ts";
export type { Values } from "./encode.ts";
export { openEngine } from "./engine.ts";
export { type FollowOptions, followPages } from "./follow.ts";
export type { ForkRequest } from "./forking/fork.ts";
export type { ForkPlan } from "./forking/plan.ts";
export { hashesIn } from "./hashes-in.ts";
export { eventsOf, type Submission, submissionOf } from "./history.ts";
export { DEFAULT_LIMITS, type EngineLimits, type Host } from "./host.ts";
export { checkSecrets, missingSecrets } from "./missing-secrets.ts";
export * from "./ports/index.ts";
export { preflight } from "./preflight.ts";
export { ask, taskOf } from "./reading/asking.ts";
export { awake, awakeFor } from "./reading/awake.ts";
export { decidersText, type Question } from "./reading/deciders.ts";
export { definitionOf } from "./reading/definition.ts";
export { driveOrWait, ended, isDrivenElsewhere, type Waiting } from "./reading/elsewhere.ts";
export { type ErrorJson, errorJson } from "./reading/error-json.ts";
export { type EventJson, eventJson } from "./reading/event-json.ts";
export {
  type CauseDocument,
  type CausesAsked,
  type CausesFound,
  FAILURE_CAUSES,
  failureCauses,
} from "./reading/failure-causes.ts";
export { findRun } from "./reading/find-run.ts";
export { methodText } from "./reading/method-text.ts";
export type { Driving, Reading } from "./reading/reading.ts";
export { chartIn } from "./reading/run-chart.ts";
export { type RunDocument, runDocument, type TaskDocument, taskDocument } from "./reading/run-document.ts";
export { runEvents } from "./reading/run-events.ts";
export { graphOf, type History, historyOf } from "./reading/run-history.ts";
export { type RunReport, reportOf, type TaskReport } from "./reading/run-report.ts";
export { type RunRowDocument, rowDocument } from "./reading/run-row.ts";
export { runsPage, type WaitsOfRuns, waitsIn } from "./reading/runs-page.ts";
export { textIn } from "./reading/text-in.ts";
export {
  attemptJson,
  gapJson,
  type TimelineDocument,
  timelineDocument,
} from "./reading/timeline-document.ts";
export type { WaitDocument } from "./reading/wait-document.ts";
export { findRegistered, type Registry, versionText } from "./registered/find-registered.ts";
export { type OpenedWorkflow, openRegistered } from "./registered/open-registered.ts";
export type { Registered, RegistrationRequest } from "./registered/register.ts";
export {
  allRegistrations,
  currentOf,
  type Registration,
  type Registrations,
} from "./registered/registrations.ts";
export { type VersionDocument, versionDocument } from "./registered/version-document.ts";
export { type Fallbacks, type ListedMethod, type ProviderRegistry, providerRegistry } from "./registry.ts";
export type { Divergence, DivergenceKind, StubReplay } from "./replay/divergence.ts";
export { type OtherDocument, otherDocument } from "./replay/other-document.ts";
export type { ReplayHost } from "./replay/outside.ts";
export { recordedRuns } from "./replay/recorded-runs.ts";
export { type ReplayedAll, replayAll } from "./replay/replay-all.ts";
export { replayRun } from "./replay/replay-run.ts";
export { type Transition, transitionDocument, transitionsOf } from "./replay/transitions.ts";
export type { Requested } from "./requests.ts";
export { subjectPseudonym } from "./subject.ts";
export type { Held } from "./subjects/door.ts";
export { type Erasure, nothingHeld } from "./subjects/erase.ts";
export { erasedKeys } from "./subjects/story.ts";
export type { RunRequestDocument } from "./submit.ts";
export { valuesInSight } from "./values-in-sight.ts";
export { actorId } from "./waits.ts";
export type { Tested } from "./webhooks/by-hand.ts";
export type { WebhookDesk } from "./webhooks/desk.ts";
export type { DeliveryKit, SendingKit, WebhookKit } from "./webhooks/kit.ts";
export type { PastDelivery } from "./webhooks/past-deliveries.ts";
export { type GivenRun, takenInputs, type Workflow } from "./workflow.ts";
