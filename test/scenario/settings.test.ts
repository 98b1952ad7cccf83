// Flags, as processes of their own see them: a server, a command on the same store, and the file of the configuration.
import { rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { place, started } from "./command.ts";
import { serving } from "./serving.ts";

const here = place();
const HELLO = "name: Hello\ntasks:\n  - {id: a, method: echo/echo, params: {message: hello}}\n";

/** As an editor writes: beside it, and onto it. */
async function configured(text: string): Promise<void> {
  const file = join(here().folder, "gleitzeit.yaml");
  await writeFile(`${file}.new`, text);
  await rename(`${file}.new`, file);
}

async function statusOf(url: string): Promise<number> {
  const answer = await fetch(`${url}/v1/runs?wait=10`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ workflow: HELLO }),
  });
  await answer.arrayBuffer();
  return answer.status;
}

const typed = async (...argv: readonly string[]): Promise<number | null> =>
  (await started(here(), argv).ended).exit;

test("what another process sets counts at a server that runs, and so does what the file says from then on", async () => {
  const keeping = "log_level: debug\nretention: {every: 20ms, default: {max_age: 1ms}}\n";
  await configured(`${keeping}flags: {retention: false}\n`);
  const server = await serving(here());
  const { url } = server;
  expect(await statusOf(url)).toBe(201);
  await server.saw("the flag is off: nothing leaves the store");
  const runs = await fetch(`${url}/v1/runs`).then((answer) => answer.text());
  expect(runs).toContain('"succeeded"');

  expect(await typed("flags", "set", "submissions", "off")).toBe(0);
  while ((await statusOf(url)) !== 403); // other processes are heard within a moment
  expect(await typed("flags", "clear", "submissions")).toBe(0);
  while ((await statusOf(url)) !== 201);

  await configured(`${keeping}flags: {submissions: false}\n`);
  server.child.kill("SIGHUP");
  await server.saw('"settings":["flags.submissions","flags.retention"]');
  expect(await statusOf(url)).toBe(403);
  await server.saw("runs have left the store");
  server.child.kill("SIGTERM");
  const { exit, stderr } = await server.ended;
  expect(exit, stderr).toBe(0);
});
