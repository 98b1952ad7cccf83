// `fork`: a new run that goes another way from some task or event of an earlier one. What came before is taken over from
// the record; the earlier run stays as it is.
import {
  checkInputs,
  type ForkChange,
  forkChanges,
  GleitzeitError,
  type Graph,
  isObject,
  type Json,
  type JsonObject,
  namedIn,
  pathText,
  type Revision,
  type RunId,
  type TaskId,
  withValue,
} from "../../domain/index.ts";
import type { Driven } from "../driven.ts";
import { loadRun } from "../driving/load.ts";
import type { Kit } from "../host.ts";
import { openValues } from "../log/decode.ts";
import type { Values } from "../log/encode.ts";
import { submissionEvent } from "../log/facts.ts";
import type { Graphs } from "../log/graphs.ts";
import { erased } from "../log/sealing.ts";
import { inputsNow } from "../resolving/settings.ts";
import { type Prepared, type RunRequestDocument, submissionFor } from "../submitting/submit.ts";
import { carriedParams } from "./carried-params.ts";
import { readersOf } from "./input-readers.ts";
import { resultsGiven } from "./results-given.ts";

export type ForkRequest = {
  /** A task, or the number of an event of the run. Without it the changes say where to begin. */
  readonly from?: string;
  /** Path → value: `inputs.x`, `tasks.<id>.params…`, `tasks.<id>.result…`. */
  readonly set?: JsonObject;
  /** Another document than the run's own, with its files. */
  readonly document?: Omit<RunRequestDocument, "inputs">;
  /** Scripts see the files that the earlier run saw, also with another document. */
  readonly withRecordedFiles?: boolean;
  readonly reason?: string;
};

export type PreparedFork = {
  readonly prepared: Prepared;
  readonly driven: Driven;
  /** Of the fork. */
  readonly graph: Graph;
};

export async function prepareFork(
  kit: Kit,
  graphs: Graphs,
  run: RunId,
  tenant: string,
  request: ForkRequest,
): Promise<PreparedFork> {
  const driven = await loadRun(kit, graphs, run, tenant);
  const { facts, state } = driven;
  const { sealing } = facts;
  if (sealing === "erased") throw erased(`what run ${run} was given and came to`);
  const recorded = await openValues(submissionEvent(facts), tenant, kit);
  const base = baseOf(kit, driven, recorded, request);
  const graph = await graphs.of(base.submission, tenant, { blobs: base.blobs, sealing });
  const checked = forkChanges(request.set ?? {}, state, graph);
  if (!checked.ok) throw new GleitzeitError("INVALID_PARAMS", checked.message);
  const { changes } = checked;
  const start = startOf(request, driven, graph, changes);
  const results = await resultsGiven(kit, driven, changes);
  const edited = edits(changes);
  const carried = carriedParams(facts.submission, recorded, edited.tasks);
  const again = [...start.again, ...edited.tasks, ...readersOf(graph, changes)];
  const set = { ...carried.set, ...edited.set, ...results.set };
  const { inputs: _, reason: __, name: ___, set: ____, ...values } = base.submission.values ?? {};
  const params = [...carried.tasks, ...edited.tasks];
  return {
    driven,
    graph,
    prepared: {
      run: kit.random.runId(),
      blobs: base.blobs,
      sealing,
      submission: {
        ...base.submission,
        forkedFrom: {
          run,
          revision: start.revision,
          again: [...new Set(again)].filter((task) => !results.tasks.includes(task)),
          ...(params.length > 0 && { params }),
          ...(results.tasks.length > 0 && { results: [...results.tasks] }),
        },
        values: {
          ...values,
          inputs: await inputsOf(kit, driven, changes, request),
          ...(Object.keys(set).length > 0 && { set }),
          ...(request.reason !== undefined && { reason: request.reason }),
        },
      },
    },
  };
}

/** What is submitted but for the fork: the run's own document with all it was given, or the other one. */
function baseOf(
  kit: Kit,
  { facts }: Driven,
  recorded: Values,
  { document, withRecordedFiles }: ForkRequest,
): Pick<Prepared, "submission" | "blobs"> {
  const { parent, deadline, forkedFrom, values: _, sealed, ...own } = facts.submission;
  const { sealing } = facts;
  if (!document) return { blobs: [], submission: { ...own, values: { ...recorded, inputs: {} } } };
  const { submission, blobs } = submissionFor(
    kit,
    { ...document, inputs: {} },
    { sealing: sealing === "erased" ? undefined : sealing, subject: own.subject },
  );
  const { files: _files, values, ...other } = submission;
  const files = withRecordedFiles ? own.files : submission.files;
  const paths = withRecordedFiles ? recorded.files : values?.files;
  const { files: _paths, ...told } = values ?? { inputs: {} };
  return {
    blobs,
    submission: {
      ...other,
      priority: own.priority,
      ...(own.timeoutMs !== undefined && { timeoutMs: own.timeoutMs }),
      ...(files && { files }),
      values: { ...told, ...(paths !== undefined && { files: paths }) },
    },
  };
}

type Start = { readonly revision: Revision; readonly again: readonly TaskId[] };

function startOf(request: ForkRequest, driven: Driven, graph: Graph, changes: readonly ForkChange[]): Start {
  const { from, document } = request;
  const { state, facts } = driven;
  const { revision } = state.head;
  if (from === undefined) {
    if (changes.length > 0 || document) return { revision, again: [] };
    throw new GleitzeitError(
      "USAGE_ERROR",
      "say from where (--from TASK or EVENT), or what is to be otherwise (--set PATH=JSON, --workflow FILE); over HTTP these are `from`, `set` and `workflow`",
    );
  }
  const task = namedIn(from, state, graph);
  if (task !== undefined) return { revision, again: [task] };
  if (!/^\d{1,15}$/.test(from)) {
    throw new GleitzeitError(
      "TASK_NOT_FOUND",
      `run ${facts.run} has no task \`${from}\`; \`gleitzeit show\` lists them`,
    );
  }
  if (Number(from) > revision) {
    throw new GleitzeitError(
      "RUN_NOT_FOUND",
      `run ${facts.run} has no revision ${from}; its last is ${revision}`,
    );
  }
  return { revision: Number(from), again: [] };
}

type Edits = { readonly tasks: readonly TaskId[]; readonly set: JsonObject };

function edits(changes: readonly ForkChange[]): Edits {
  const found = changes.flatMap((change) => (change.of === "params" ? [change] : []));
  return {
    tasks: [...new Set(found.map(({ task }) => task))],
    set: Object.fromEntries(
      found.map(({ task, path, value }) => [pathText(["tasks", task, "params", ...path]), value]),
    ),
  };
}

async function inputsOf(
  kit: Kit,
  driven: Driven,
  changes: readonly ForkChange[],
  { document }: ForkRequest,
): Promise<JsonObject> {
  let inputs: Json = await inputsNow(kit, driven);
  for (const change of changes) {
    if (change.of === "inputs") inputs = withValue(inputs, [change.name, ...change.path], change.value);
  }
  const given = isObject(inputs) ? inputs : {};
  if (!document) return given;
  const checked = checkInputs(document.definition.inputs, given);
  if (checked.ok) return checked.inputs;
  throw new GleitzeitError(
    "WORKFLOW_VALIDATION_FAILED",
    checked.problems.map(({ message }) => message).join("; "),
  );
}
