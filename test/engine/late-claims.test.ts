// The last append of an owner that died, on its way while another process takes the run.
import { expect, test } from "vitest";
import { memoryStore } from "../../src/adapters/event-store/index.ts";
import { settled } from "./hand-clock.ts";
import { CLI, ok, rig, scripted, TENANT, workflow } from "./rig.ts";

test("a run that is taken over loses what its dead owner claimed between the reading and the taking", async () => {
  const store = memoryStore();
  const dying = scripted();
  const owner = rig({ store, providers: [dying] });
  const { run } = await owner.run(workflow([{ id: "a" }, { id: "b", dependencies: ["a"] }]));
  await settled();
  let isFirst = true;
  const provider = scripted(() => ok("done"));
  const taker = rig({
    store,
    providers: [provider],
    events: (events) => ({
      ...events,
      append: async (...append) => {
        if (isFirst) dying.calls[0]?.answer(ok(1));
        isFirst = false;
        await settled(); // the owner's last append: `a` has ended, `b` is claimed
        return events.append(...append);
      },
    }),
  });
  expect(await taker.engine.drive(run, TENANT, CLI)).toEqual({ kind: "ended", status: "succeeded" });
  expect(provider.calls.map(({ task }) => task)).toEqual(["b"]);
  expect(await taker.types(run)).toEqual([
    ...["RunSubmitted", "RunStarted", "TaskScheduled", "TaskSucceeded", "TaskScheduled"],
    ...["RunOwnerChanged", "TaskLost", "TaskStarted", "TaskSucceeded", "RunSucceeded"],
  ]);
});
