// Two commands at once on one store: each drives its own, and each sees what the other did.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { gleitzeit, place, started } from "./command.ts";

const here = place();

const document = (name: string): string =>
  `name: ${name}\ntasks:\n${Array.from({ length: 20 }, (_, i) => `  - {id: t${i}, method: mcp/tool.add, params: {a: ${i}, b: 1}${i > 0 ? `, dependencies: [t${i - 1}]` : ""}}\n`).join("")}`;

test("two documents at the same time on a store that neither found there", async () => {
  await writeFile(join(here().folder, "a.yaml"), document("A"));
  await writeFile(join(here().folder, "b.yaml"), document("B"));
  const ended = await Promise.all(
    ["a.yaml", "b.yaml"].map((file) => gleitzeit(here(), ["run", file, "--json"])),
  );
  expect(ended.map(({ exit }) => exit)).toEqual([0, 0]);
  const { stdout } = await gleitzeit(here(), ["list", "--json", "--status", "succeeded"]);
  expect(JSON.parse(stdout).items).toHaveLength(2);
});

test("one name submitted twice at once is one run, told by both", async () => {
  await writeFile(join(here().folder, "a.yaml"), document("A"));
  const ended = await Promise.all(
    [1, 2].map(() => gleitzeit(here(), ["run", "a.yaml", "--json", "--id", "only"])),
  );
  expect(ended.map(({ exit, stderr }) => ({ exit, stderr: exit === 0 ? "" : stderr }))).toEqual([
    { exit: 0, stderr: "" },
    { exit: 0, stderr: "" },
  ]);
  const [first, second] = ended.map(({ stdout }): { readonly runId: string } => JSON.parse(stdout));
  expect(first?.runId).toBe(second?.runId);
  const { stdout } = await gleitzeit(here(), ["list", "--json"]);
  expect(JSON.parse(stdout).items).toHaveLength(1);
});

test("events --follow in one terminal shows what another one does, as it happens", async () => {
  await writeFile(join(here().folder, "a.yaml"), document("A"));
  await writeFile(join(here().folder, "b.yaml"), document("B"));
  await gleitzeit(here(), ["run", "a.yaml", "--quiet"]);
  const following = started(here(), ["events", "--all", "--follow", "--json", "--type", "Run*"]);
  await following.saw("RunSucceeded");
  const other = await gleitzeit(here(), ["run", "b.yaml", "--json", "--id", "the other"]);
  const { runId, head }: { readonly runId: string; readonly head: string } = JSON.parse(other.stdout);
  await following.saw(`"position":"${head}"`);
  following.child.kill("SIGINT");
  const { exit, stdout } = await following.ended;
  expect(exit).toBe(130);
  expect(stdout).toContain(runId);
});

test("logs --follow stays with a run of another terminal until that has ended", async () => {
  await writeFile(
    join(here().folder, "a.yaml"),
    `${document("A")}  - {id: last, method: python/execute, params: {code: "import time; time.sleep(1); print('done at last')"}}\n`,
  );
  const running = started(here(), ["run", "a.yaml", "--id", "long"]);
  await running.saw("last: running");
  const { exit, stdout } = await gleitzeit(here(), ["logs", "long", "--follow"]);
  expect(exit).toBe(0);
  expect(stdout).toContain("done at last");
  expect((await running.ended).exit).toBe(0);
});
