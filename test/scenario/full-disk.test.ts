// The disk is full when a model's answer has come: that is said, nothing is taken for done, and the run goes on when there is room.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Disk, smallDisk, whyNoSmallDisk } from "../adapters/event-store/small-disk.ts";
import { type FakeModels, fakeModels } from "../adapters/providers/llm/fake-models.ts";
import { ollamaProtocol } from "../adapters/providers/llm/protocols.ts";
import { gleitzeit, place } from "./command.ts";

const here = place();
const noDisk = await whyNoSmallDisk();
let models: FakeModels;
let disk: Disk | undefined;
beforeEach(async () => {
  models = await fakeModels(ollamaProtocol);
});
afterEach(async () => {
  await models.close();
  await disk?.remove();
});

const DOCUMENT = `name: Long
tasks:
  - {id: before, method: echo/echo, params: {message: once}}
  - {id: ask, method: llm/chat, dependencies: [before], params: {prompt: much, model: m}}
`;

test("a full disk", { timeout: 180_000 }, async (context) => {
  if (noDisk !== undefined) context.skip(noDisk);
  disk = await smallDisk("3m");
  const env = { GLEITZEIT_OLLAMA_URL: models.url, GLEITZEIT_HOME: disk.path("home") };
  const command = (...args: readonly string[]) => gleitzeit(here(), [...args, "--json"], { env });
  await writeFile(join(here().folder, "long.yaml"), DOCUMENT);
  models.script("x".repeat(3_000_000), "short");

  const full = await command("run", "long.yaml", "--id", "l");
  expect(full, full.stderr).toMatchObject({ exit: 5 });
  expect(JSON.parse(full.stdout)).toMatchObject({
    error: {
      code: "PERSISTENCE_WRITE_FAILED",
      message: expect.stringMatching(/no space left for .*gleitzeit\.db.*Free space/),
    },
  });
  expect(JSON.parse((await command("show", "l")).stdout)).toMatchObject({
    status: "running",
    tasks: { before: { status: "succeeded" }, ask: { status: "running", result: null } },
  });

  const resumed = await command("resume", "l");
  expect(resumed, resumed.stderr).toMatchObject({ exit: 0 });
  expect(JSON.parse(resumed.stdout)).toMatchObject({
    status: "succeeded",
    tasks: { before: { attempts: 1 }, ask: { attempts: 2, result: { response: "short" } } },
  });
});
