// An engine on a memory store with a hand-driven clock and a provider that answers when told to.

import { createHash, createHmac, randomBytes } from "node:crypto";
import { v7 } from "uuid";
import { z } from "zod";
import { keptReadModels, memoryStore } from "../../src/adapters/event-store/index.ts";
import { celExpressions } from "../../src/adapters/expressions/index.ts";
import { luxonZones } from "../../src/adapters/host/index.ts";
import {
  type Actor,
  type Definition,
  EventId,
  Incarnation,
  type Json,
  type JsonObject,
  type RecordedRunEvent,
  RunId,
  type RunRequest,
  readDefinition,
} from "../../src/domain/index.ts";
import type { Engine } from "../../src/engine/door.ts";
import { openEngine } from "../../src/engine/engine.ts";
import { DEFAULT_LIMITS, type EngineLimits } from "../../src/engine/host.ts";
import { eventsOf } from "../../src/engine/log/history.ts";
import type {
  CallContext,
  EventStore,
  Outcome,
  Provider,
  Snapshots,
  Store,
  TenantKeys,
} from "../../src/engine/ports/index.ts";
import { providerRegistry } from "../../src/engine/providers/registry.ts";
import type { CapturedWorkflows } from "../../src/engine/submitting/captured-workflows.ts";
import { type HandClock, handClock } from "./hand-clock.ts";
import { type OutsideOptions, outsideOf } from "./outside.ts";

export const CLI: Actor = { type: "cli", id: "hmac-tester" };
export const TENANT = "main";

export type Called = {
  readonly task: string;
  readonly attempt: number;
  readonly params: JsonObject;
  readonly context: CallContext;
  readonly answer: (outcome: Outcome) => void;
};

export type Answer = (call: Omit<Called, "answer">) => Outcome | Promise<Outcome> | undefined;

/** Protocol `test/v1`. Without an answer the call stays open until `answer` is called or the signal aborts. */
export function scripted(answer: Answer = () => undefined): Provider & { readonly calls: Called[] } {
  const calls: Called[] = [];
  return {
    protocol: "test/v1",
    name: "scripted",
    calls,
    methods: {
      "*": { version: 1, description: "as told", params: z.looseObject({}), result: z.any(), examples: [] },
    },
    execute: ({ params }, context) =>
      new Promise<Outcome>((resolve) => {
        const call = { task: context.task, attempt: context.attempt, params, context };
        calls.push({ ...call, answer: resolve });
        context.signal.addEventListener("abort", () => resolve(aborted));
        const now = answer(call);
        if (now) Promise.resolve(now).then(resolve, (error: unknown) => resolve(crashed(error)));
      }),
    close: () => Promise.resolve(),
  };
}

const aborted: Outcome = {
  ok: false,
  error: { code: "TASK_CANCELLED", message: "aborted", retryable: false },
};
const crashed = (error: unknown): Outcome => ({
  ok: false,
  error: { code: "INTERNAL_ERROR", message: String(error), retryable: false },
});

export const ok = (result: Json): Outcome => ({ ok: true, result });
export const broken = (
  code: "TASK_EXECUTION_FAILED" | "CONNECTION_LOST" = "TASK_EXECUTION_FAILED",
): Outcome => ({
  ok: false,
  error: { code, message: "broken", retryable: code === "CONNECTION_LOST" },
});

export type Rig = {
  readonly engine: Engine;
  readonly store: Store;
  readonly clock: HandClock;
  readonly run: (definition: Definition, more?: Partial<RunOptions>) => ReturnType<Engine["run"]>;
  readonly request: (run: RunId, request: RunRequest) => ReturnType<Engine["request"]>;
  readonly log: (run: RunId) => Promise<readonly RecordedRunEvent[]>;
  readonly types: (run: RunId) => Promise<readonly string[]>;
};

type RunOptions = {
  readonly inputs: JsonObject;
  readonly name: string;
  readonly timeoutMs: number;
  readonly workflows: CapturedWorkflows;
  readonly subject: string;
};

export type RigOptions = OutsideOptions & {
  readonly providers: readonly Provider[];
  readonly store?: Store;
  readonly events?: (events: EventStore) => EventStore;
  readonly clock?: HandClock;
  readonly limits?: Partial<EngineLimits>;
  readonly snapshots?: Snapshots;
  /** Who is alive beside the rig's own engine. */
  readonly alive?: ReadonlySet<string>;
};

const KEY = Buffer.alloc(32, 7);
export const KEYS: TenantKeys = {
  hmac: (_, ...parts) => createHmac("sha256", KEY).update(parts.join("\n")).digest("hex"),
};

export function rig(options: RigOptions): Rig {
  const store = options.store ?? memoryStore();
  const clock = options.clock ?? handClock();
  const own = Incarnation.parse(v7());
  const events = options.events?.(store.events) ?? store.events;
  const readModels = keptReadModels({ events, path: undefined, random: Math.random, tell: quiet });
  const engine = openEngine({
    events,
    blobs: store.blobs,
    incarnations: {
      own,
      isAlive: (other) => Promise.resolve(other === own || (options.alive?.has(other) ?? false)),
      close: () => Promise.resolve(),
    },
    registry: providerRegistry(options.providers),
    files: { capture: () => Promise.resolve([]) },
    globMatches: () => false,
    ...(options.snapshots && { snapshots: options.snapshots }),
    expressions: async () => celExpressions(),
    clock,
    zones: luxonZones(),
    random: {
      eventId: () => EventId.parse(v7()),
      runId: () => RunId.parse(v7()),
      salt: () => randomBytes(16),
      fraction: () => 0.5,
    },
    sha256: (bytes) => createHash("sha256").update(bytes).digest("hex"),
    keys: KEYS,
    ...outsideOf(options),
    readModels: async () => readModels,
    limits: { ...DEFAULT_LIMITS, ...options.limits },
  });
  const log = async (run: RunId): Promise<readonly RecordedRunEvent[]> => {
    const found: RecordedRunEvent[] = [];
    for await (const event of eventsOf(store.events, run, TENANT)) found.push(event);
    return found;
  };
  return {
    engine,
    store,
    clock,
    log,
    run: (definition, { inputs = {}, ...more } = {}) =>
      engine.run({ tenant: TENANT, definition, inputs, files: [], ...more }, CLI),
    request: (run, request) => engine.request(run, TENANT, request, CLI),
    types: async (run) => (await log(run)).map(({ event }) => event.type),
  };
}

const quiet = (): void => undefined;
/** Tasks as a document's author would write them; `method` is filled in. */
export function workflow(tasks: readonly JsonObject[], more: JsonObject = {}): Definition {
  const isCall = (task: JsonObject): boolean => !("wait" in task || "approval" in task || "workflow" in task);
  const filled = tasks.map((task) => ({ ...(isCall(task) && { method: "test/do" }), ...task }));
  return readDefinition({ name: "Test", tasks: filled, ...more });
}

const empty = {
  file: { path: "inner.yaml", hash: `sha256-${"0".repeat(64)}`, size: 0 },
  bytes: new Uint8Array(),
};

/** Workflows under the names by which they call each other. */
export function called(documents: { readonly [name: string]: Definition }): CapturedWorkflows {
  const calls = Object.fromEntries(Object.keys(documents).map((name, place) => [name, place]));
  const list = Object.values(documents).map((definition) => ({
    definition,
    source: empty,
    files: [],
    calls,
  }));
  return { list, calls };
}
