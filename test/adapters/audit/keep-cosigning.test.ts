// How often witnesses are asked while a log grows, and what is said when they do not answer.
import { expect, test } from "vitest";
import { keepCosigning } from "../../../src/adapters/audit/keep-cosigning.ts";

test("every so often, one question at a time; what is wrong is said once; nothing after the end", async () => {
  let now = 0;
  const asked: ((problem?: string) => void)[] = [];
  const said: string[] = [];
  const quiet = (): void => undefined;
  const keeping = keepCosigning({
    clock: { monotonic: () => now },
    log: { debug: quiet, info: quiet, warn: quiet, error: (_, text) => void said.push(text) },
    everyMs: 60_000,
    cosigning: async () => ({
      ask: () =>
        new Promise((resolve) => {
          asked.push((why) =>
            resolve({
              size: 1,
              cosignatures: [],
              problems: why === undefined ? [] : [{ witness: "w", why }],
            }),
          );
        }),
    }),
  });
  const signedAt = async (time: number): Promise<number> => {
    now = time;
    keeping.signed();
    await new Promise(setImmediate);
    return asked.length;
  };
  const answered = async (why?: string): Promise<void> => {
    asked.at(-1)?.(why);
    await new Promise(setImmediate);
  };
  expect(await signedAt(0)).toBe(1);
  expect(await signedAt(70_000)).toBe(1); // not answered yet
  await answered("it sleeps");
  expect(await signedAt(70_000)).toBe(2);
  await answered("it sleeps");
  expect(await signedAt(100_000)).toBe(2); // too soon
  expect(await signedAt(130_000)).toBe(3);
  await answered("it is gone");
  expect(said).toEqual([
    "the witness w has not cosigned: it sleeps",
    "the witness w has not cosigned: it is gone",
  ]);
  await keeping.close();
  expect(await signedAt(900_000)).toBe(3);
});
