// What a configuration says of sizes and of how long runs stay, changed while a server serves: it holds from then on.
import { readdir, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { place } from "./command.ts";
import { serving } from "./serving.ts";

const here = place();

/** As an editor writes: beside it, and onto it. */
async function configured(text: string): Promise<void> {
  const file = join(here().folder, "gleitzeit.yaml");
  await writeFile(`${file}.new`, text);
  await rename(`${file}.new`, file);
}

const SCRIPT = `name: Script
tasks:
  - {id: read, method: javascript/execute, params: {file: a.js}}
`;

async function posted(url: string, document: string, script: string) {
  const files = [{ path: "a.js", base64: Buffer.from(script).toString("base64") }];
  const answer = await fetch(`${url}/v1/runs?wait=10`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ workflow: document, files }),
  });
  return { isTaken: answer.ok, told: await answer.text() };
}

test("limits of documents and files hold from then on, and so does how long runs stay, without a restart", async () => {
  await configured("log_level: info\nretention: {every: 50ms}\n");
  const server = await serving(here());
  const { url } = server;
  const long = `${SCRIPT}# ${"-".repeat(400)}\n`;
  const script = `result = 1; // ${"-".repeat(40)}`;
  expect(await posted(url, long, script)).toMatchObject({ isTaken: true });
  await configured(
    "log_level: info\nretention: {every: 50ms, default: {max_age: 1ms}}\nlimits: {document: 300, files: 30}\n",
  );
  server.child.kill("SIGHUP");
  await server.saw('"settings":["retention.default.max_age","limits.document","limits.files"]');
  const tooLong = await posted(url, long, "result = 1;");
  expect(tooLong).toEqual({ isTaken: false, told: expect.stringContaining("larger than 300 bytes") });
  const tooMuch = await posted(url, SCRIPT, script);
  expect(tooMuch).toEqual({ isTaken: false, told: expect.stringContaining("larger than 30 bytes together") });
  await server.saw("runs have left the store");
  server.child.kill("SIGTERM");
  const { exit, stderr } = await server.ended;
  expect(exit, stderr).toBe(0);
  const bundles = await readdir(join(here().home, "archive"), { recursive: true });
  expect(bundles.filter((name) => name.endsWith(".bundle"))).toHaveLength(1);
});
