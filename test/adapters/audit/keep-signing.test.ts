// A checkpoint about every second in which the log has grown: counted from one beginning to the next, so that what takes long
// does not make the next one late.
import { expect, test } from "vitest";
import { keepSigning } from "../../../src/adapters/audit/keep-signing.ts";
import type { Position } from "../../../src/domain/index.ts";
import { handClock } from "../../engine/hand-clock.ts";
import { silent } from "../providers/call-context.ts";

function signing(takes: (nth: number) => number) {
  const clock = handClock();
  const begun: number[] = [];
  let head: Position | "start" = "start";
  const sign = async () => {
    begun.push(clock.monotonic());
    const [millis, checkpoint] = [
      takes(begun.length),
      { origin: "o", note: "", size: 1, root: new Uint8Array(32) },
    ];
    if (millis > 0) await new Promise<void>((resolve) => clock.after(millis, resolve));
    return { kind: "signed", checkpoint, isAll: true } as const;
  };
  const keeping = keepSigning({
    events: { head: async () => head },
    clock,
    log: silent,
    auditor: async () => ({ sign }),
    isLasting: true,
  });
  const grow = (): void => {
    head = head === "start" ? 1n : head + 1n;
  };
  return { clock, begun, grow, keeping };
}

async function grownFor(seconds: number, { clock, grow }: ReturnType<typeof signing>): Promise<void> {
  for (let i = 0; i < seconds * 10; i += 1) {
    grow();
    await clock.advance(100);
  }
}

const gaps = (times: readonly number[]): readonly number[] =>
  times.slice(1).map((time, i) => time - (times[i] ?? 0));

test("what is signed in no time is signed every 900 ms, and not where nothing has come", async () => {
  const one = signing(() => 0);
  await grownFor(5, one);
  expect(gaps(one.begun)).toEqual([900, 900, 900, 900]);
  const before = one.begun.length;
  await one.clock.advance(10_000);
  expect(one.begun.length).toBeLessThanOrEqual(before + 1);
  await one.keeping.close();
});

test("what takes half a second does not make the next one later", async () => {
  const one = signing(() => 500);
  await grownFor(5, one);
  expect(gaps(one.begun)).toEqual([900, 900, 900, 900]);
});

test("after one that takes longer than that others have a turn, and it goes on as before", async () => {
  const one = signing((nth) => (nth === 1 ? 3000 : 0));
  await grownFor(6, one);
  expect(gaps(one.begun)).toEqual([3100, 900, 900]);
});
