// Under which name an event is told, and to whom: the name of the catalogue before its own, and each event once.
import { describe, expect, test } from "vitest";
import {
  isKnownGlob,
  mayBeTold,
  type RunEvent,
  toldAs,
  type WebhookEvent,
} from "../../../src/domain/index.ts";
import { claim, failed, NOON, retryAt, scheduled, started, submitted, succeeded } from "../run/given.ts";
import { task } from "../run/graph-of.ts";
import { SAMPLES } from "./samples.ts";

const unclaimed: RunEvent = {
  type: "TaskScheduled",
  data: { ...withoutClaim(), task: task("x") },
};
const began: RunEvent = { type: "TaskStarted", data: { task: task("x"), attempt: 1, claim } };
const lost: RunEvent = { type: "TaskLost", data: { task: task("x"), attempt: 1, reason: "shutdown" } };

function withoutClaim() {
  const { claim: _, ...data } = scheduled("x").data;
  return data;
}
const endpointEvent = (name: string): WebhookEvent => {
  const sample = SAMPLES.find((one) => one.name === name);
  if (!sample) throw new Error(`no sample ${name}`);
  return sample.event;
};

describe("who asked for nothing in particular is told the catalogue", () => {
  test.each<[RunEvent | WebhookEvent, string | undefined]>([
    [submitted, "run.submitted"],
    [started, "run.started"],
    [succeeded("x"), "task.succeeded"],
    [failed("x"), "task.failed"],
    [retryAt("x", 2, NOON), "task.retrying"],
    [began, "task.started"],
    [scheduled("x"), "task.started"],
    [unclaimed, undefined],
    [lost, undefined],
    [endpointEvent("WebhookParked"), "webhook.parked"],
    [endpointEvent("WebhookDisabled"), "webhook.disabled"],
    [endpointEvent("WebhookRecovered"), "webhook.recovered"],
    [endpointEvent("WebhookAttempted"), undefined],
  ])("%j: %s", (event, name) => {
    expect(toldAs(event, undefined)).toBe(name);
  });
});

describe("who asked for types is told these", () => {
  test.each<[string, RunEvent | WebhookEvent, readonly string[], string | undefined]>([
    ["by the catalogue's name", submitted, ["run.*"], "run.submitted"],
    ["by no other", submitted, ["task.*"], undefined],
    ["by the event's own name", submitted, ["event.RunSubmitted"], "event.RunSubmitted"],
    ["once, where both were asked for", submitted, ["event.*", "run.*"], "run.submitted"],
    ["one that has no name in the catalogue", lost, ["event.TaskLost"], "event.TaskLost"],
    ["one that is not started yet", unclaimed, ["*"], "event.TaskScheduled"],
    ["an endpoint's, of the catalogue", endpointEvent("WebhookParked"), ["webhook.*"], "webhook.parked"],
    ["but never what else an endpoint keeps", endpointEvent("WebhookAttempted"), ["*"], undefined],
  ])("%s", (_, event, globs, name) => {
    expect(toldAs(event, globs)).toBe(name);
  });
});

describe("what cannot be told need not be read", () => {
  test.each<[string, readonly string[] | undefined, boolean]>([
    ["RunFailed", undefined, true],
    ["TaskScheduled", undefined, true],
    ["WebhookParked", undefined, true],
    ["TaskLost", undefined, false],
    ["toString", undefined, false],
    ["TaskLost", ["run.*"], false],
    ["TaskLost", ["TaskLost"], false],
    ["TaskLost", ["event.Task*"], true],
    ["RunFailed", [], true],
  ])("%s, asked for %j: %s", (stored, globs, may) => {
    expect(mayBeTold(stored, globs)).toBe(may);
  });

  test("whatever is told may be told", () => {
    const events = [submitted, unclaimed, lost, failed("x"), ...SAMPLES.map(({ event }) => event)];
    for (const globs of [undefined, ["*"], ["run.*"], ["event.*"]])
      for (const event of events)
        if (toldAs(event, globs) !== undefined) expect(mayBeTold(event.type, globs)).toBe(true);
  });
});

test("a glob over stored events is known by their prefix", () => {
  expect(isKnownGlob("event.TaskLost", ["TaskLost"])).toBe(true);
  expect(isKnownGlob("TaskLost", ["TaskLost"])).toBe(false);
  expect(isKnownGlob("run.failed", ["TaskLost"])).toBe(true);
  expect(isKnownGlob("event.TaskLost", [])).toBe(false);
});
