// Whole documents and their own members: every refusal, its code, its place and its words.
import { expect, test } from "vitest";
import type { JsonObject } from "../../../src/domain/index.ts";
import { exactly, withTask } from "./catalog.ts";

type Row = readonly [JsonObject, readonly string[]];

test.each<Row>([
  [
    { deadline: "soon" },
    [
      'WORKFLOW_VALIDATION_FAILED deadline: `deadline`: "soon" is not an instant: write it as 2026-03-01T12:00:00Z',
    ],
  ],
  [
    { deadline: "2026-01-01T00:00:00", timezone: "Mars/Olympus" },
    [
      'WORKFLOW_VALIDATION_FAILED timezone: `timezone` "Mars/Olympus" is not known: write one such as Europe/Berlin',
    ],
  ],
  [
    { timezone: 3, deadline: "2026-01-01T00:00:00" },
    [
      "WORKFLOW_VALIDATION_FAILED timezone: `timezone` must be a text of 1 to 200 characters, not 3",
      'WORKFLOW_VALIDATION_FAILED deadline: `deadline`: "2026-01-01T00:00:00" has no offset: write it as 2026-03-01T12:00:00Z, or name a `timezone` such as Europe/Berlin',
    ],
  ],
  [{ timezone: "Europe/Berlin", deadline: "2026-01-01T00:00:00" }, []],
  [
    { deadline: 3 },
    ["WORKFLOW_VALIDATION_FAILED deadline: `deadline` must be a text of at most 100 characters, not 3"],
  ],
  [
    { outputs: { x: "${nobody}", y: "${a.b}", z: "${inputs.q}" } },
    [
      "WORKFLOW_VALIDATION_FAILED outputs.x: unknown reference `${nobody}`: `nobody`: no task has that id or name; for the text itself write `$${`",
      "WORKFLOW_VALIDATION_FAILED outputs.z: unknown input `q` in `${inputs.q}`: declare it under `inputs`",
    ],
  ],
  [{ outputs: 3 }, ["WORKFLOW_VALIDATION_FAILED outputs: `outputs` must be a map, not 3"]],
  [
    { providers: ["nobody", 3, "echo"] },
    [
      "WORKFLOW_VALIDATION_FAILED providers: `providers` must be a list of provider names: element 2 must be a text of 1 to 200 characters, not 3",
      "PROVIDER_NOT_FOUND providers.0: unknown provider `nobody`: available are echo, builtin, python",
    ],
  ],
  [
    { defaults: { provider: "nobody", x: 1, retry: { y: 1 } } },
    [
      "WORKFLOW_VALIDATION_FAILED defaults.x (key): unknown key `x`: known here are timeout, retry, provider",
      "WORKFLOW_VALIDATION_FAILED defaults.retry.y (key): unknown key `y`: known here are max_attempts, backoff, base_delay, max_delay, jitter, on, never",
      "PROVIDER_NOT_FOUND defaults.provider: unknown provider `nobody`: available are echo, builtin, python",
    ],
  ],
  [
    { defaults: { provider: 3, timeout: -1, retry: 3 } },
    [
      'WORKFLOW_VALIDATION_FAILED defaults.timeout: `defaults.timeout`: -1 is below zero: write seconds as a number (30, 0.5) or a text with units ("200ms", "5m", "1h30m", "2d")',
      "WORKFLOW_VALIDATION_FAILED defaults.retry: `defaults.retry` must be a map, not 3",
      "WORKFLOW_VALIDATION_FAILED defaults.provider: `defaults.provider` must be a text of 1 to 200 characters, not 3",
    ],
  ],
  [
    { inputs: 3 },
    ["WORKFLOW_VALIDATION_FAILED inputs: `inputs` must be a map of names to declarations, not 3"],
  ],
  [
    { tags: [3], metadata: 3, max_parallel_tasks: 0, fail_fast: "x", version: {}, priority: "x", timeout: 0 },
    [
      "WORKFLOW_VALIDATION_FAILED version: `version` must be a text or a number, not a map",
      "WORKFLOW_VALIDATION_FAILED timeout: `timeout` must be over 0 seconds, not 0",
      "WORKFLOW_VALIDATION_FAILED max_parallel_tasks: `max_parallel_tasks` must be a whole number from 1 to 1000000, not 0",
      'WORKFLOW_VALIDATION_FAILED fail_fast: `fail_fast` must be true or false, not "x"',
      'WORKFLOW_VALIDATION_FAILED priority: `priority` must be `low`, `normal`, `high`, `urgent`, `1`, `2`, `3`, not "x"',
      "WORKFLOW_VALIDATION_FAILED metadata: `metadata` must be a map, not 3",
      "WORKFLOW_VALIDATION_FAILED tags: `tags` must be a list of at most 100 texts: element 1 must be a text of 1 to 200 characters, not 3",
    ],
  ],
])("%j", (part, refusals) => {
  expect(exactly({ ...withTask({}), ...part })).toEqual(refusals);
});
