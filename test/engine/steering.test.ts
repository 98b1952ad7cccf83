// What steers a call is resolved when it is scheduled, recorded with it, and the same for every attempt.
import { expect, test } from "vitest";
import { broken, ok, rig, scripted, workflow } from "./rig.ts";

const RETRY = { retry: { max_attempts: 2, base_delay: 1, jitter: false } };

test("every attempt is told the same, references resolved; others are told nothing", async () => {
  const provider = scripted(({ attempt, task }) =>
    task === "b" && attempt === 1 ? broken("CONNECTION_LOST") : ok(7),
  );
  const { run, clock, log } = rig({ providers: [provider] });
  const started = await run(
    workflow([
      { id: "a" },
      { id: "b", affinity: "of ${a}", hash_key: "${a}", ...RETRY },
      { id: "c", for_each: ["x", "y"], hash_key: "${item}" },
    ]),
  );
  for (let i = 0; i < 5; i += 1) await clock.advance(1000); // b fails only after a is done
  await started.end;
  const told = provider.calls.map(({ task, attempt, context }) => [task, attempt, context.steer]);
  expect(told).toHaveLength(5);
  expect(told).toEqual(
    expect.arrayContaining([
      ["a", 1, undefined],
      ["b", 1, { affinity: "of 7", hashKey: "7" }],
      ["b", 2, { affinity: "of 7", hashKey: "7" }],
      ["c[0]", 1, { hashKey: "x" }],
      ["c[1]", 1, { hashKey: "y" }],
    ]),
  );
  const scheduled = (await log(started.run)).flatMap(({ event }) =>
    event.type === "TaskScheduled" && event.data.task === "b" ? [event.data.values?.steer] : [],
  );
  expect(scheduled).toEqual([{ affinity: "of 7", hashKey: "7" }, undefined]);
});

test("what cannot be resolved fails the task, not the call", async () => {
  const provider = scripted(() => ok({ a: 1 }));
  const { run, log } = rig({ providers: [provider] });
  const started = await run(workflow([{ id: "a" }, { id: "b", affinity: "${a.nothing}" }]));
  expect(await started.end).toMatchObject({ status: "failed" });
  const failed = (await log(started.run)).find(({ event }) => event.type === "TaskFailed");
  expect(failed?.event.data).toMatchObject({ task: "b", error: { code: "TASK_PARAMETER_ERROR" } });
  expect(provider.calls).toHaveLength(1);
});
