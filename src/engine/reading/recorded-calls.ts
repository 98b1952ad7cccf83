// The calls of a run that is in the log, each with its answer, as they would have been recorded while it ran.
//
// 1. An outcome of which the log names the provider was answered by it; results taken from elsewhere, losses and
//    cancelled attempts are no answers.
// 2. What was asked stands in the command event of the attempt, or in the earlier one whose params it repeats.
// 3. How tools were told to a model is asked of their servers too, and stands where the agent began.
import {
  type CassetteAnswer,
  type CassetteCall,
  errorOf,
  GleitzeitError,
  type Graph,
  isList,
  isObject,
  type RecordedRunEvent,
  type Revision,
  type RunEventOf,
  type RunId,
  runStream,
  SecretPlace,
  type TaskId,
} from "../../domain/index.ts";
import { decode, isErased, openValues } from "../log/decode.ts";
import type { Values } from "../log/encode.ts";
import { filesOf } from "../log/facts.ts";
import { submissionOf } from "../log/history.ts";
import { runStreams } from "../log/run-streams.ts";
import type { Caller } from "../ports/index.ts";
import { recordsAt } from "../resolving/values.ts";
import type { Reading } from "./reading.ts";
import { graphOf } from "./run-history.ts";

export type RecordedCall = {
  readonly caller: Caller;
  readonly call: CassetteCall;
  readonly answer: CassetteAnswer;
};

type Source = Pick<Reading, "store" | "tenant">;
type Outcome = RunEventOf<"TaskSucceeded"> | RunEventOf<"TaskFailed">;

/** WORKFLOW_INVALID_STATE for a run whose values were erased: nobody knows its calls any more. */
export async function* recordedCalls(
  source: Source,
  run: RunId,
  children: boolean,
): AsyncGenerator<RecordedCall> {
  const { store, tenant } = source;
  const end = await store.events.head();
  if (end === "start") return;
  const scheduled = new Map<string, Revision>();
  const graphs = new Map<RunId, Graph>();
  for await (const stored of runStreams(store.events, runStream(run, tenant), children, end)) {
    const recorded = decode(stored);
    const { event, revision } = recorded;
    if (event.type === "TaskScheduled") {
      scheduled.set(`${recorded.run} ${event.data.task}`, event.data.paramsFrom ?? revision);
    } else if (event.type === "TaskSucceeded" || event.type === "TaskFailed") {
      const { task, attempt } = event.data;
      const at = scheduled.get(`${recorded.run} ${task}`);
      if (at === undefined || !isAnswered(event)) continue;
      const call = await callAt(source, recorded.run, at);
      const answer = await answerIn(source, recorded, event);
      yield { caller: { run: recorded.run, task, attempt }, call, answer };
    } else if (event.type === "TasksAdded" && event.data.steps) {
      yield* told(source, recorded, event, graphs);
    }
  }
}

function isAnswered({ data }: Outcome): boolean {
  if (data.provider === undefined || data.attempt === 0) return false;
  return !("reused" in data) && !("cached" in data) && !("given" in data);
}

async function callAt(source: Source, run: RunId, at: Revision): Promise<CassetteCall> {
  const { store, tenant } = source;
  const [recorded] = await recordsAt(store, run, tenant, [at]);
  if (recorded?.event.type !== "TaskScheduled") throw new Error(`run ${run} scheduled nothing at ${at}`);
  const { protocol, method, provider, files } = recorded.event.data;
  const { params, files: paths, secrets } = await valuesOf(source, recorded);
  const places = secrets === undefined ? [] : SecretPlace.array().parse(secrets);
  const seen = await filesOf(files, paths, tenant, store.blobs);
  return {
    protocol,
    method,
    ...(provider !== undefined && { provider }),
    params: isObject(params) ? params : {},
    ...(places.length > 0 && { secrets: [...new Set(places.map(({ name }) => name))].toSorted() }),
    ...(seen.length > 0 && { files: seen.map(({ path, hash }) => ({ path, hash })) }),
  };
}

async function answerIn(source: Source, recorded: RecordedRunEvent, event: Outcome): Promise<CassetteAnswer> {
  const { result, error, evidence } = await valuesOf(source, recorded);
  const { provider, instance, tried } = event.data;
  const served = {
    ...(provider !== undefined && { provider }),
    ...(instance !== undefined && { instance }),
    ...(tried && { tried }),
  };
  if (event.type === "TaskFailed") {
    return {
      error: errorOf(event.data.error, error),
      ...served,
      ...(evidence !== undefined && { evidence }),
    };
  }
  const { model, modelDigest, usage } = event.data;
  return {
    result: result ?? null,
    ...served,
    ...(model !== undefined && { model }),
    ...(modelDigest !== undefined && { modelDigest }),
    ...(usage && { usage }),
  };
}

async function* told(
  source: Source,
  recorded: RecordedRunEvent,
  { data }: RunEventOf<"TasksAdded">,
  graphs: Map<RunId, Graph>,
): AsyncGenerator<RecordedCall> {
  const { tools } = await valuesOf(source, recorded);
  if (!isList(tools)) return;
  const { run } = recorded;
  const graph = graphs.get(run) ?? (await graphIn(source, run));
  graphs.set(run, graph);
  const node = graph.nodes.find(({ id }) => id === data.template);
  for (const [i, { protocol, method, provider }] of (node?.agent?.tools ?? []).entries()) {
    const tool = tools[i];
    if (!node || !isObject(tool) || !isObject(tool.parameters)) continue;
    const { description, parameters } = tool;
    const task: TaskId = node.id;
    yield {
      caller: { run, task, attempt: 0 },
      call: {
        asks: "description",
        protocol,
        method,
        ...(provider !== undefined && { provider }),
        params: {},
      },
      answer: { result: { parameters, ...(description !== undefined && { description }) } },
    };
  }
}

async function graphIn({ store, tenant }: Source, run: RunId): Promise<Graph> {
  const first = await submissionOf(store.events, runStream(run, tenant));
  if (!first) throw new Error(`run ${run} has no first event`);
  return graphOf(store, first.event.data, tenant);
}

async function valuesOf({ store, tenant }: Source, recorded: RecordedRunEvent): Promise<Values> {
  const values = await openValues(recorded, tenant, store);
  if (!isErased(values)) return values;
  throw new GleitzeitError(
    "WORKFLOW_INVALID_STATE",
    `what run ${recorded.run} asked and was answered has been erased: there is nothing to make a cassette of`,
  );
}
