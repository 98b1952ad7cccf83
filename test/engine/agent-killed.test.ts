// An agent of six turns whose process stops between any two things it does. Another goes on: what is recorded is not done
// again, and the end is the one that it would have had.
import { expect, test } from "vitest";
import { memoryStore } from "../../src/adapters/event-store/index.ts";
import { type RunId, TaskId } from "../../src/domain/index.ts";
import type { Store } from "../../src/engine/ports/index.ts";
import { agent, agentRig, asks, says } from "./agent-rig.ts";
import { outcome, runIdOf } from "./crash-story.ts";
import { failpoint } from "./failpoint.ts";
import { settled } from "./hand-clock.ts";
import { CLI, TENANT } from "./rig.ts";

const document = agent({ tools: ["test/add", "test/send"], approve: ["test/send"] });

/** Adds, asks for what a person has to agree to, for what does not exist, adds again, and answers. */
const TURNS = [
  [asks("test_add", { a: 1, b: 2 })],
  [asks("test_send", { to: "anna" }), asks("test_add", { a: 3, b: 4 }, "more")],
  [asks("nothing")],
  [asks("test_add", { a: 5, b: 6 })],
  [asks("test_add", { a: 7, b: 8 })],
];
const answer = (turn: number) => {
  const calls = TURNS[turn];
  return calls ? says({ calls }) : says({ text: "done" });
};

type Life = { readonly store: Store; readonly at: number };

/** Until the run has ended, or the process has passed its point; a person agrees to whatever is asked. */
async function live({ store, at }: Life) {
  const stop = failpoint(at);
  const here = agentRig({ answer, store, events: stop.events });
  const known = await runIdOf(store);
  let over = false;
  const work = async (): Promise<void> => {
    if (known) await here.engine.drive(known, TENANT, CLI);
    else await (await here.run(document, { name: "killed" })).end;
  };
  const end = Promise.race([work(), stop.stopped]).finally(() => {
    over = true;
  });
  const agreed = new Set<string>();
  while (!over) {
    await settled();
    const run = await runIdOf(store);
    for (const task of run ? await asked(store, run) : []) {
      if (agreed.has(task) || !run) continue;
      agreed.add(task);
      const said = { type: "DecideApproval", task: TaskId.parse(task), decision: "approved" } as const;
      void here.engine.request(run, TENANT, said, CLI);
    }
  }
  await end;
  return { here, points: stop.passed(), turns: here.llm.turns.map(({ task }) => task) };
}

const reader = (store: Store) => agentRig({ answer, store }).log;

async function asked(store: Store, run: RunId): Promise<readonly string[]> {
  const events = (await reader(store)(run)).map(({ event }) => event);
  const decided = events.flatMap((event) => (event.type === "ApprovalDecided" ? [event.data.task] : []));
  return events.flatMap((event) =>
    event.type === "ApprovalRequested" && !decided.includes(event.data.task) ? [event.data.task] : [],
  );
}

async function answered(store: Store): Promise<readonly string[]> {
  const run = await runIdOf(store);
  const events = run ? await reader(store)(run) : [];
  return events.flatMap(({ event }) => (event.type === "TaskSucceeded" ? [event.data.task] : []));
}

test("stopped at any point, it goes on, and its model is asked for no recorded turn again", async () => {
  const store = memoryStore();
  const whole = await live({ store, at: 0 });
  expect(whole.turns).toHaveLength(6);
  const run = await runIdOf(store);
  const undisturbed = run && (await outcome(store, await reader(store)(run)));
  for (let at = 1; at <= whole.points; at += 1) {
    const mine = memoryStore();
    await live({ store: mine, at });
    const recorded = await answered(mine);
    const second = await live({ store: mine, at: 0 });
    expect(second.turns.filter((turn) => recorded.includes(turn))).toEqual([]);
    const again = await runIdOf(mine);
    expect(again && (await outcome(mine, await reader(mine)(again))), `stopped at ${at}`).toEqual(
      undisturbed,
    );
  }
});
