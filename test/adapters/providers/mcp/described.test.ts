// What an agent's model is told of tools: each server's own words and schema.
import { expect, test } from "vitest";
import { mcpProvider } from "../../../../src/adapters/providers/mcp/index.ts";
import { harbour } from "./harbour.ts";

test("a tool of a server outside is described as the server does, one that it has not by nobody", async () => {
  const { provider, remove } = await harbour();
  expect(await provider.describe?.("tool.add")).toMatchObject({
    parameters: { type: "object", properties: { a: {}, b: {} }, required: ["a", "b"] },
  });
  expect(await provider.describe?.("tool.ad")).toBeUndefined();
  expect(await provider.describe?.("ping")).toBeUndefined();
  await remove();
});

test("a tool of the built-in server is described by its arguments, without what else its method takes", async () => {
  const provider = mcpProvider({ version: "0" });
  expect(await provider.describe?.("tool.multiply")).toMatchObject({
    description: expect.stringMatching(/./),
    parameters: { type: "object", properties: { a: { type: "number" }, b: { type: "number" } } },
  });
  expect(await provider.describe?.("multiply")).toBeUndefined();
  await provider.close();
});
