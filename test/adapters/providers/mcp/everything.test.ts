// The authors' reference server, which has everything that the protocol has, as a workflow sees it.

import { createRequire } from "node:module";
import { connect, createServer } from "node:net";
import process from "node:process";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { systemClock } from "../../../../src/adapters/host/index.ts";
import * as jsonSchemas from "../../../../src/adapters/json-schemas/index.ts";
import { outbound } from "../../../../src/adapters/outbound/index.ts";
import { processGroups } from "../../../../src/adapters/processes/index.ts";
import { mcpServerProvider } from "../../../../src/adapters/providers/mcp/index.ts";
import { GleitzeitError, type JsonObject } from "../../../../src/domain/index.ts";
import type { CallContext, Outcome } from "../../../../src/engine/ports/index.ts";
import { until } from "../../processes/group-members.ts";
import { callContext } from "../call-context.ts";
import { errorOf, resultOf } from "../outcomes.ts";

const require = createRequire(import.meta.url);
const ENTRY = require.resolve("@modelcontextprotocol/server-everything/dist/index.js");

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === "object" && address ? address.port : 0;
}

const isListening = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => resolve(true));
    socket.once("error", () => resolve(false));
    socket.once("connect", () => socket.destroy());
  });

describe.each(["stdio", "streamableHttp"])("the reference server over %s", (kind) => {
  const processes = processGroups();
  const client = outbound({});
  let port = 0;
  const program = () => ({
    command: process.execPath,
    args: [ENTRY, kind],
    env: { PORT: String(port) },
    cwd: process.cwd(),
  });
  const provider = mcpServerProvider({
    name: "everything",
    servers: () => ["builtin", "everything"],
    version: "0.1.0",
    clock: systemClock(),
    schemas: async () => jsonSchemas,
    mostBytes: 16 * 1024 * 1024,
    way: async () =>
      kind === "stdio"
        ? { kind: "program", ...program(), processes }
        : { kind: "url", url: `http://127.0.0.1:${port}/mcp`, headers: {}, outbound: client },
  });
  /** As a task with retries would: a server that closes an idle connection while it is used again is no fault of ours. */
  const call = async (
    method: string,
    params: JsonObject = {},
    context: Partial<CallContext> = {},
  ): Promise<Outcome> => {
    const outcome = await provider.execute({ method, params }, callContext(context));
    return !outcome.ok && outcome.error.code === "CONNECTION_LOST" ? call(method, params, context) : outcome;
  };

  beforeAll(async () => {
    port = await freePort();
    if (kind === "stdio") return;
    await processes.spawn({ ...program(), onStdout: () => undefined });
    await until(() => isListening(port));
  });
  afterAll(async () => {
    await provider.close();
    await client.close();
    await processes.closeAll();
  });

  test("tools, with and without structure", async () => {
    expect(resultOf(await call("tool.echo", { message: "ahoy" }))).toMatchObject({ response: "Echo: ahoy" });
    expect(resultOf(await call("tool.get-sum", { a: 60, b: 40 }))).toMatchObject({
      response: expect.stringContaining("100"),
    });
    expect(resultOf(await call("tool.get-structured-content", { location: "Chicago" }))).toMatchObject({
      temperature: expect.any(Number),
      conditions: expect.any(String),
    });
    expect(errorOf(await call("tool.get-sum", { a: "60", b: 40 }))).toMatchObject({
      code: "INVALID_PARAMS",
      message: "params.a: expected number",
    });
    expect(errorOf(await call("tool.get-sun", { a: 60, b: 40 })).message).toContain(
      "did you mean `get-sum`?",
    );
  });

  test("its own words: lists, resources, prompts", async () => {
    expect(resultOf(await call("server_info"))).toMatchObject({ name: "mcp-servers/everything" });
    expect(resultOf(await call("tools/list"))).toMatchObject({
      tools: expect.arrayContaining([expect.objectContaining({ name: "echo" })]),
    });
    expect(resultOf(await call("prompts/get", { name: "simple-prompt" }))).toMatchObject({
      response: expect.stringMatching(/./),
    });
    const uri = "demo://resource/dynamic/text/1";
    expect(resultOf(await call("resources/read", { uri }))).toMatchObject({ contents: [{ uri }] });
  });

  test("progress is heard, and a call that is stopped leaves the server alone", async () => {
    const heard: string[] = [];
    const params = { duration: 0.02, steps: 2 };
    const emit: CallContext["emit"] = ({ text }) => void heard.push(text);
    resultOf(await call("tool.trigger-long-running-operation", params, { emit }));
    expect(heard).toEqual(["1/2", "2/2"]);
    const stop = new AbortController();
    const long = call(
      "tool.trigger-long-running-operation",
      { duration: 600, steps: 60_000 },
      {
        signal: stop.signal,
        emit: () => stop.abort(new GleitzeitError("TASK_CANCELLED", "enough")),
      },
    );
    expect(errorOf(await long).code).toBe("TASK_CANCELLED");
    expect(resultOf(await call("ping"))).toEqual({ response: "pong" });
  });
});
