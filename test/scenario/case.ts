// One case: a folder with a document and what it is expected to do, run through the command line in a copy.
import { cp, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { isList, isObject, type Json, type JsonObject } from "../../src/domain/index.ts";
import { type Ended, gleitzeit, type Place } from "./command.ts";
import { fits, mismatch, sameJson } from "./matching.ts";

type Seen = {
  readonly ran: Ended;
  readonly document: JsonObject;
  readonly events: readonly Json[];
  /** What `validate` and `run` said together, where the document is not valid. */
  readonly said: string;
  readonly validated: Ended | undefined;
};

/** The program on PATH without which a case cannot run; undefined when Node is enough. */
export async function needOf(folder: string): Promise<string | undefined> {
  const expected: Json = JSON.parse(await readFile(join(folder, "expected.json"), "utf8"));
  return isObject(expected) && typeof expected.needs === "string" ? expected.needs : undefined;
}

/** Everything that is not as expected; empty when all is. */
export async function runCase(folder: string, place: Place): Promise<readonly string[]> {
  await cp(folder, place.folder, { recursive: true });
  const expected: Json = JSON.parse(await readFile(join(folder, "expected.json"), "utf8"));
  if (!isObject(expected)) throw new Error(`${folder}/expected.json is no object`);
  const file =
    (await readdir(folder)).find((name) => /^workflow\.(?:ya?ml|json)$/.test(name)) ?? "workflow.yaml";
  const ran = await gleitzeit(place, ["run", file, "--json", ...texts(expected.args)]);
  const document = documentIn(ran.stdout);
  if (typeof document === "string") return [`stdout: ${document}`, ran.stderr];
  const run = typeof document.runId === "string" ? document.runId : undefined;
  const events = run === undefined ? [] : await eventsOf(run, place);
  const validated = ran.exit === 3 ? await gleitzeit(place, ["validate", file]) : undefined;
  const said = `${ran.stdout}${ran.stderr}${validated?.stdout ?? ""}${validated?.stderr ?? ""}`;
  return differences(expected, { ran, document, events, said, validated });
}

function documentIn(stdout: string): JsonObject | string {
  try {
    const value: Json = JSON.parse(stdout);
    return isObject(value) ? value : "is JSON, but no object";
  } catch (error) {
    return `is not exactly one JSON document: ${error instanceof Error ? error.message : String(error)}`;
  }
}

async function eventsOf(run: string, place: Place): Promise<readonly Json[]> {
  const { stdout } = await gleitzeit(place, ["events", run, "--json"]);
  return stdout
    .split("\n")
    .filter((line) => line !== "")
    .map((line): Json => JSON.parse(line));
}

type Check = (expected: Json, seen: Seen) => readonly (string | undefined)[];

const CHECKS: Readonly<Record<string, Check>> = {
  args: () => [],
  needs: () => [],
  exit: (expected, { ran, validated }) => [
    mismatch(ran.exit, expected, "exit"),
    validated && mismatch(validated.exit, 3, "exit of validate"),
  ],
  status: (expected, { document }) => [mismatch(document.status, expected, "status")],
  max_seconds: (expected, { ran }) => [mismatch(ran.seconds, { $max: expected }, "seconds")],
  task_count: (expected, { document }) => [mismatch(document.tasks, { $length: expected }, "tasks")],
  tasks: (expected, { document }) =>
    isObject(expected)
      ? Object.entries(expected).flatMap(([id, one]) => taskDifferences(id, one, document))
      : ["tasks?"],
  outputs_contains: (expected, { document }) => [mismatch(document.outputs, expected, "outputs")],
  events_count: (expected, { events }) =>
    Object.entries(isObject(expected) ? expected : {}).map(([type, count]) =>
      mismatch(events.filter((event) => fits(event, { type })).length, count, `events of type ${type}`),
    ),
  events_contain: (expected, { events }) => missing(expected, events, "event"),
  problems_contain: (expected, { document }) =>
    missing(expected, isList(document.problems) ? document.problems : [], "problem"),
  stderr_contains: (expected, { ran }) => absentIn(expected, ran.stderr, "stderr"),
  validation_contains: (expected, { said }) => absentIn(expected, said, "validation"),
  text_contains: (expected, { ran }) => absentIn(expected, ran.stdout, "stdout"),
  absent: (expected, { document }) => texts(expected).map((text) => presentIn(text, document)),
  any_of: (expected, seen) => {
    const tried = (isList(expected) ? expected : []).map((one) =>
      differences(isObject(one) ? one : {}, seen),
    );
    return tried.some((found) => found.length === 0) ? [] : [`none of any_of: ${JSON.stringify(tried)}`];
  },
};

function differences(expected: JsonObject, seen: Seen): readonly string[] {
  return Object.entries(expected).flatMap(([name, value]) => {
    const check = CHECKS[name];
    if (!check) throw new Error(`expected.json says ${name}, which means nothing`);
    return check(value, seen).filter((found) => found !== undefined);
  });
}

function taskDifferences(id: string, expected: Json, document: JsonObject): readonly (string | undefined)[] {
  const tasks = Object.entries(isObject(document.tasks) ? document.tasks : {});
  const [foundId, task] =
    tasks.find(([key]) => key === id) ?? tasks.find(([, one]) => fits(one, { name: id })) ?? [];
  if (!isObject(task) || !isObject(expected)) return [`there is no task ${id}`];
  const place = `task ${id}`;
  const { error, result } = task;
  const checks: Readonly<Record<string, (value: Json) => readonly (string | undefined)[]>> = {
    id: (value) => [mismatch(foundId, value, `${place} id`)],
    name: (value) => [mismatch(task.name, value, `${place} name`)],
    status: (value) => [mismatch(task.status, value, `${place} status`)],
    attempts: (value) => [mismatch(task.attempts, value, `${place} attempts`)],
    result_contains: (value) => [mismatch(result, value, `${place} result`)],
    result_is: (value) => [
      sameJson(result, value) ? undefined : `${place} result is ${JSON.stringify(result)}`,
    ],
    error_code: (value) => [
      mismatch(error, { code: isList(value) ? { $one_of: value } : value }, `${place} error`),
    ],
    error_contains: (value) => absentIn(value, JSON.stringify(error ?? null), `${place} error`, false),
    error_details: (value) => [mismatch(error, { details: value }, `${place} error`)],
    text_contains: (value) => absentIn(value, JSON.stringify(task), place, false),
  };
  return Object.entries(expected).flatMap(([name, value]) => {
    const check = checks[name];
    if (!check) throw new Error(`expected.json says ${name} of a task, which means nothing`);
    return check(value);
  });
}

const texts = (value: Json | undefined): readonly string[] =>
  (isList(value) ? value : []).filter((text) => typeof text === "string");

/** Each of the texts must appear; of a list inside, one of its texts. */
function absentIn(expected: Json, text: string, where: string, ignoreCase = true): readonly string[] {
  const folded = (part: string): string => (ignoreCase ? part.toLowerCase() : part);
  const has = (part: Json): boolean => typeof part === "string" && folded(text).includes(folded(part));
  return (isList(expected) ? expected : [expected]).flatMap((one) =>
    (isList(one) ? one.some(has) : has(one))
      ? []
      : [`${where} lacks ${JSON.stringify(one)}: ${text.slice(0, 2000)}`],
  );
}

function missing(expected: Json, found: readonly Json[], what: string): readonly string[] {
  return (isList(expected) ? expected : []).flatMap((one) =>
    found.some((candidate) => fits(candidate, one))
      ? []
      : [`no ${what} fits ${JSON.stringify(one)} in ${JSON.stringify(found)}`],
  );
}

function presentIn(text: string, { tasks, outputs }: JsonObject): string | undefined {
  const results = Object.values(isObject(tasks) ? tasks : {}).map((task) =>
    isObject(task) ? (task.result ?? null) : null,
  );
  return JSON.stringify([results, outputs ?? null]).includes(text)
    ? `${JSON.stringify(text)} should not be there`
    : undefined;
}
