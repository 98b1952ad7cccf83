// The picture of the README: it ends well, and leaves the machine as it was.
import { readdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { place, started } from "./command.ts";

const TOUR = fileURLToPath(new URL("../../examples/tour/tour.mjs", import.meta.url));
const here = place();

const tours = async (): Promise<readonly string[]> =>
  (await readdir(tmpdir())).filter((name) => name.startsWith("gleitzeit-tour-"));

test("the tour finds the byte that was changed, and touches no store but its own", async () => {
  const at = here();
  const before = await tours();
  const env = { GLEITZEIT_STORE: `sqlite:${at.home}/mine.db`, GLEITZEIT_SERVER: "http://127.0.0.1:9" };
  const { exit, stdout, stderr } = await started(at, [], { program: TOUR, env }).ended;
  expect({ exit, stderr }).toEqual({ exit: 0, stderr: "" });
  expect(stdout).toMatch(/^altered event at position \d+ .*TaskSucceeded of debts.*\n\[exit 3\]$/m);
  expect(stdout.match(/as they were signed$/gm)).toHaveLength(1);
  expect(stdout).toContain("letter: Your loan was declined with 45 of 60 points.");
  expect(stdout).toContain("letter: Your loan was granted with 65 of 60 points.");
  expect(stdout).toContain("they begin to differ at debts: result.result");
  expect(await readdir(at.home)).toEqual([]);
  expect((await tours()).filter((name) => !before.includes(name))).toEqual([]);
}, 600_000);
