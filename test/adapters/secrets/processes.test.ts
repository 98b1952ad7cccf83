// Several processes at one vault: none loses what another has set, and who reads sees a whole vault at any time.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { safe } from "./safe.ts";

const here = safe();
const writers = fileURLToPath(new URL("writers.mjs", import.meta.url));

test("what two processes set at the same time is all there, also while they change the key", async () => {
  const children = ["a", "b"].map((prefix) =>
    spawn(process.execPath, [writers, here().folder, prefix, "6"], { stdio: ["ignore", "ignore", "pipe"] }),
  );
  let isOver = false;
  const ends = Promise.all(
    children.map(async (child) => {
      let told = "";
      child.stderr.on("data", (bytes) => {
        told += String(bytes);
      });
      const [code] = await once(child, "close");
      return { code, told };
    }),
  ).finally(() => {
    isOver = true;
  });
  const vault = here().open();
  let most = 0;
  while (!isOver) {
    const { length } = await vault.list();
    expect(length).toBeGreaterThanOrEqual(most);
    most = length;
  }
  expect(await ends).toEqual([
    { code: 0, told: "" },
    { code: 0, told: "" },
  ]);
  const names = (await vault.list()).map(({ name }) => name);
  expect(names).toEqual(["a", "b"].flatMap((prefix) => [0, 1, 2, 3, 4, 5].map((n) => `${prefix}-${n}`)));
  expect(await vault.value("b-5")).toBe("value of b 5");
});
