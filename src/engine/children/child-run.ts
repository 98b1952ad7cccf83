// A run that is a task of another: its id, what is checked before it begins, and its first event.
import {
  checkInputs,
  type Definition,
  type ErrorInfo,
  errorInfo,
  errorInfoOf,
  indexOf,
  isObject,
  type JsonObject,
  MOST_NESTED,
  nodeAt,
  parseDuration,
  parseJson,
  type RunId,
  readDefinition,
  type SecretPlace,
  type TaskId,
  type TaskNode,
  taskAt,
} from "../../domain/index.ts";
import type { Driven } from "../driven.ts";
import type { Kit } from "../host.ts";
import { readBlob } from "../log/decode.ts";
import type { ChildDocument } from "../log/facts.ts";
import { uuid8 } from "../log/uuid8.ts";
import { valuesOf } from "../resolving/values.ts";
import { type Handed, handedDown } from "../secrets/secrets-handed-down.ts";
import type { Prepared } from "../submitting/submit.ts";
import { earlierChild } from "./earlier-child.ts";

const utf8 = { encode: new TextEncoder(), decode: new TextDecoder() };

/** STORED FORMAT: the same parent, task and attempt give the same run, in every version. */
export const childRunId = (
  { sha256 }: Pick<Kit, "sha256">,
  parent: RunId,
  task: TaskId,
  attempt: number,
): RunId => uuid8(sha256(utf8.encode.encode(["child", parent, task, String(attempt)].join("\n"))));

/** Inputs as the called workflow takes them, its defaults filled in. */
export async function checkedCall(
  { facts }: Driven,
  { child, id }: TaskNode,
  inputs: JsonObject,
  secrets: readonly SecretPlace[] = [],
): Promise<Handed> {
  const name = child?.workflow ?? "";
  const document = documentOf(facts, name);
  if (!document) {
    return refuse(
      "WORKFLOW_NOT_FOUND",
      `the run was submitted without the workflow \`${name}\` of task ${id}`,
    );
  }
  if (depthOf(facts) > MOST_NESTED) {
    const message = `\`${name}\` would be nested deeper than ${MOST_NESTED} levels: does a workflow call itself without an end?`;
    return refuse("WORKFLOW_CIRCULAR_DEPENDENCY", message);
  }
  try {
    const definition = await definitionOf(facts, document);
    const handed = handedDown(inputs, secrets, definition.inputs, name);
    if (!handed.ok) return handed;
    const checked = checkInputs(definition.inputs, handed.inputs);
    if (checked.ok) return checked;
    const messages = checked.problems.map(({ message }) => message);
    return refuse("INVALID_PARAMS", `inputs of \`${name}\`: ${messages.join("; ")}`);
  } catch (error) {
    return { ok: false, error: errorInfoOf(error) };
  }
}

const refuse = (code: ErrorInfo["code"], message: string): Handed => ({
  ok: false,
  error: errorInfo(code, message),
});

const documentOf = ({ calls, workflows }: Driven["facts"], name: string): ChildDocument | undefined =>
  workflows[calls[name] ?? -1];

const depthOf = ({ submission: { parent } }: Driven["facts"]): number => (parent?.depth ?? 0) + 1;

async function definitionOf(
  { tenant, definitions }: Driven["facts"],
  { workflow }: ChildDocument,
): Promise<Definition> {
  return readDefinition(parseJson(utf8.decode.decode(await readBlob(workflow.hash, tenant, definitions))));
}

/** Everything in it follows from what the parent's log holds, so it is the same after a stop. */
export async function preparedChild(
  kit: Kit,
  driven: Driven,
  task: TaskId,
  attempt: number,
): Promise<Prepared> {
  const { facts, state } = driven;
  const index = indexOf(state, task) ?? -1;
  const node = nodeAt(state, index);
  const document = documentOf(facts, node.child?.workflow ?? "");
  if (!document) throw new Error(`task ${task} calls a workflow that the run does not have`);
  const at = taskAt(state, index).paramsAt ?? -1;
  const params = (await valuesOf(kit, driven, [at])).get(at)?.params;
  const inputs = isObject(params) && isObject(params.inputs) ? params.inputs : {};
  const { timeout, metadata, tags } = await definitionOf(facts, document);
  const timeoutMs = Math.min(node.timeoutMs, limitOf(timeout));
  const { workflow, source, files, batch, values } = document;
  const { deadline, workflows, subject } = facts.submission;
  const parent = { run: facts.run, task, attempt, depth: depthOf(facts) };
  const childOf = (run: RunId, n: number): RunId => childRunId(kit, run, task, n);
  const called = { hash: workflow.hash, inputs, childOf };
  const isNew = facts.submission.forkedFrom?.again?.includes(task);
  const forkedFrom = attempt === 1 && !isNew ? await earlierChild(kit, driven, called) : undefined;
  return {
    run: childRunId(kit, facts.run, task, attempt),
    blobs: [],
    sealing: facts.sealing,
    submission: {
      workflow,
      ...(source && { source }),
      ...(files && { files }),
      ...(batch && { batch }),
      priority: node.priority,
      ...(deadline !== undefined && { deadline }),
      ...(Number.isFinite(timeoutMs) && { timeoutMs }),
      parent,
      ...(subject !== undefined && { subject }),
      ...(forkedFrom && { forkedFrom }),
      ...(workflows && { workflows }),
      ...(tags && { tags: [...tags] }),
      requestHash: `child-${kit.sha256(utf8.encode.encode(`${facts.run}\n${task}\n${attempt}`))}`,
      values: {
        inputs,
        ...(metadata && { metadata }),
        ...(values.source !== undefined && { source: values.source }),
        ...(values.folders !== undefined && { folders: values.folders }),
        ...(values.files !== undefined && { files: values.files }),
        calls: values.calls ?? {},
        workflows: facts.workflows.map((one) => one.values),
      },
    },
  };
}

function limitOf(timeout: Definition["timeout"]): number {
  const parsed = timeout === undefined ? undefined : parseDuration(timeout);
  return parsed?.ok ? parsed.ms : Infinity;
}
