// A run: its commands, its events, the rules between them, and what is owed next.

export { toolAt } from "./agent-steps.ts";
export { calledNow } from "./called-now.ts";
export * from "./commands.ts";
export { decide } from "./decide.ts";
export type { Decision, Rejection, RejectionCode } from "./decision.ts";
export type { Addition, Spent, Steps } from "./elements.ts";
export { errorOf } from "./error-value.ts";
export * from "./events.ts";
export { evolve } from "./evolve.ts";
export { type ForkChange, forkChanges, namedIn } from "./fork-settings.ts";
export { additionOf, elementsOf, indexOf, taskNamed } from "./growth.ts";
export { type Heap, heap } from "./heap.ts";
export { initial } from "./initial.ts";
export { Actor, isMetadata, Metadata } from "./metadata.ts";
export { type Action, type Capacity, nextAction, nextDue } from "./next-action.ts";
export { BlobRef, CapturedDocument, Claim, FileHash, Files, type WorkflowRef } from "./parts.ts";
export type { Place } from "./place.ts";
export type { RecordedRunEvent } from "./recorded.ts";
export { recordedHere } from "./recorded-here.ts";
export { mayRetry, retryDelay } from "./retry.ts";
export { type Setting, settingOf, withValue } from "./settings.ts";
export { FOLD_VERSION, isRunSnapshot, snapshotOf, stateFrom } from "./snapshot.ts";
export {
  childAt,
  isOpen,
  nodeAt,
  type RunHead,
  type RunState,
  type TaskState,
  taskAt,
} from "./state.ts";
export * from "./statuses.ts";
export { mustStop, type Stop } from "./stopping.ts";
export { begin, commit, rollback } from "./undo.ts";
export { isUndone } from "./undoing.ts";
export { type Lifted, lift, RUN_EVENT_TYPES, schemaVersion } from "./upcast.ts";
export type { WaitState } from "./wait-state.ts";
