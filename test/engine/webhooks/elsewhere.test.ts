// Endpoints beside one another, and names that lead elsewhere, over real sockets.
import { expect, test } from "vitest";
import { workflow } from "../rig.ts";
import { answering, attemptsAt, sending } from "./socket-rig.ts";

test("an endpoint that answers nothing does not delay another one", async () => {
  const here = sending({ timeoutMs: 60_000 });
  const dead = await answering(() => undefined);
  const live = await answering();
  await here.told(1, ["run.succeeded"], dead);
  await here.told(1, ["run.succeeded"], live);
  await dead.until(() => dead.got.length > 0);
  for (let run = 0; run < 30; run += 1)
    await (await here.rig.runs.run(workflow([{ id: "a", params: { give: run } }]))).end;
  await live.until(() => live.got.length === 32);
  expect(dead.got.length).toBeLessThanOrEqual(8);
});

test("a name that leads elsewhere when it is looked up again is not followed inside", async () => {
  let looked = 0;
  const answers = ["203.0.113.7", "127.0.0.1", "169.254.169.254", "10.0.0.1"];
  const here = sending({
    allow: { hosts: [], cidrs: [] },
    timeoutMs: 50,
    lookup: async () => [{ address: answers[looked++ % answers.length] ?? "", family: 4 }],
  });
  const there = await answering();
  const url = there.url.replace("127.0.0.1", "rebinding.example.com");
  const id = await here.told(1, ["task.succeeded"], { ...there, url });
  while ((await here.desk.show(id)).parked === 0) await new Promise(setImmediate);
  const attempts = await attemptsAt(here, id);
  expect(there.got).toEqual([]);
  expect(attempts.slice(1).map(({ code }) => code)).toEqual(Array(3).fill("DESTINATION_NOT_ALLOWED"));
});
