// The engine as adapters see it.
export { type CaptureKit, capturedFor, capturedText } from "./capture.ts";
export { catalogOf } from "./catalog.ts";
export { checkLog, type LogCheck } from "./check-log.ts";
export { decode, openValue, openValues } from "./decode.ts";
export type { DriveEnd, LiveEvent } from "./driven.ts";
export type { Values } from "./encode.ts";
export { type Chunk, type Engine, openEngine, type Started } from "./engine.ts";
export { type FollowOptions, followPages, type Hints, hintsOf } from "./follow.ts";
export { type Graphs, graphs } from "./graphs.ts";
export { eventsOf, type Submission, submissionOf } from "./history.ts";
export { DEFAULT_LIMITS, type EngineLimits, type Host } from "./host.ts";
export * from "./ports/index.ts";
export { type ListedMethod, type ProviderRegistry, providerRegistry } from "./registry.ts";
export type { Requested } from "./requests.ts";
export { namedRun, type RunRequestDocument } from "./submit.ts";
