// Whatever a receiver answers, and whenever the process that sends is killed: what is in the log arrives or is parked, each
// run in order, under one id and with the same bytes at every attempt.
import fc from "fast-check";
import { expect, test } from "vitest";
import { workflow } from "../rig.ts";
import { type Got, rest, webhookRig } from "./webhook-rig.ts";

const chain = workflow([
  { id: "a", params: { give: 1 } },
  { id: "b", dependencies: ["a"] },
]);
const LIFE = 7;

type Deed = "run" | "advance" | "kill" | "restart";
const deeds = fc.array(fc.constantFrom<Deed>("run", "advance", "kill", "restart"), {
  minLength: 4,
  maxLength: 14,
});
const answers = fc.array(fc.constantFrom(200, 200, 200, 500, 429, 404), { minLength: 5, maxLength: 40 });

test.each([true, false])("ordered: %s", async (ordered) => {
  await fc.assert(
    fc.asyncProperty(deeds, answers, async (all, statuses) => {
      let turn = 0;
      const rig = webhookRig(() => ({ status: statuses[turn++] ?? 200 }), {
        retrySchedule: Array.from({ length: 60 }, () => 2),
      });
      await rig.create({ ordered });
      const runs: string[] = [];
      let sender = rig.deliver();
      for (const deed of ["run", ...all]) {
        if (deed === "run") runs.push((await rig.runs.run(chain)).run);
        if (deed === "advance") await rig.clock.advance(2500);
        if (deed === "kill") sender.kill();
        if (deed === "restart") await sender.stop();
        if (deed === "kill" || deed === "restart") sender = rig.deliver();
        await rest();
      }
      for (let i = 0; i < 60 && !isComplete(rig.answered, runs); i += 1) {
        await rig.clock.advance(2500);
        await rest();
      }
      await sender.stop();
      for (const run of runs) {
        const arrived = rig.answered.filter(({ body, status }) => body.subject === run && status === 200);
        const sequences = [...new Set(arrived.map(({ body }) => Number(body.sequence)))];
        expect(sequences).toHaveLength(LIFE);
        if (ordered) expect(sequences).toEqual(sequences.toSorted((a, b) => a - b));
      }
      const texts = new Map<string, Set<string>>();
      for (const { id, text } of rig.got) texts.set(id, (texts.get(id) ?? new Set()).add(text));
      expect([...texts.values()].filter(({ size }) => size > 1)).toEqual([]);
    }),
    { numRuns: 4 },
  );
});

function isComplete(
  answered: readonly (Got & { readonly status: number })[],
  runs: readonly string[],
): boolean {
  const arrived = new Set(answered.filter(({ status }) => status === 200).map(({ id }) => id));
  return arrived.size === runs.length * LIFE;
}
