// Secrets inside one's own program: from where its configuration says, never in what it gets back.
import { expect, test } from "vitest";
import { rig } from "./rig.ts";

const here = rig();

const CANARY = "canary-of-the-library";
const ASKS = {
  name: "Asks",
  inputs: { token: { type: "string", secret: true } },
  tasks: [
    {
      id: "a",
      method: "echo/echo",
      params: { x: "${secret.KEY}", y: "<${inputs.token}>", z: "${env.PORT}" },
    },
  ],
};

test("are handed to calls, and missing before anything runs", async () => {
  const env = { KEY: CANARY, PORT: "8080" };
  const configuration = { secrets: { source: "env" }, env: { allow: ["PORT"] } };
  const gleitzeit = await here().open({ env, configuration });
  const { outputs } = await gleitzeit.run(ASKS, { inputs: { token: "KEY" } });
  expect(outputs).toMatchObject({ a: { x: "***", y: "<***>", z: "8080" } });
  await expect(gleitzeit.run(ASKS, { inputs: { token: "sk-4711" } })).rejects.toMatchObject({
    code: "CONFIGURATION_ERROR",
    message: expect.not.stringContaining("sk-4711"),
    problems: [expect.objectContaining({ path: "inputs.token" })],
  });
  const without = await here().open({ env: { PORT: "8080" }, configuration });
  await expect(without.run(ASKS, { inputs: { token: "KEY" } })).rejects.toMatchObject({
    code: "CONFIGURATION_ERROR",
    message: "there is no secret `KEY`: set the environment variable KEY (and 1 more)",
  });
  expect((await gleitzeit.list()).items).toHaveLength(1);
});
