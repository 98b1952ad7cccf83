// What goes wrong on the way to a server over HTTP.
import { once } from "node:events";
import { createServer } from "node:http";
import { afterEach, expect, test } from "vitest";
import { outbound } from "../../../../src/adapters/outbound/index.ts";
import { outboundFetch } from "../../../../src/adapters/providers/mcp/outbound-fetch.ts";
import { watchedFetch } from "../../../../src/adapters/providers/mcp/watched-fetch.ts";
import type { JsonObject } from "../../../../src/domain/index.ts";
import { callContext } from "../call-context.ts";
import { errorOf, resultOf } from "../outcomes.ts";
import { type Harbour, harbour } from "./harbour.ts";

let current: Harbour | undefined;
afterEach(async () => {
  await current?.remove();
  current = undefined;
});

async function opened(given: Parameters<typeof harbour>[0] = {}) {
  const made = await harbour({ ...given, kind: "http" });
  current = made;
  const call = (method: string, params: JsonObject = {}) =>
    made.provider.execute({ method, params }, callContext());
  return { ...made, call };
}

test("an answer that is cut off is a lost connection", async () => {
  const { call } = await opened();
  expect(errorOf(await call("tool.echo", { message: "cut-here" }))).toMatchObject({
    code: "CONNECTION_LOST",
    retryable: true,
  });
  expect(resultOf(await call("tool.echo", { message: "again" }))).toEqual({ response: "again" });
});

test("a stream that ends in good order without its reply is told, too", async () => {
  const http = createServer((_, response) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.end(": nothing more\n\n");
  });
  http.listen(0, "127.0.0.1");
  await once(http, "listening");
  const address = http.address();
  const port = typeof address === "object" && address ? address.port : 0;
  const client = outbound({});
  const lost = new Promise((resolve) => {
    const heard = { lost: resolve, tooMuch: () => undefined, forgotten: () => undefined };
    const { fetch } = watchedFetch(outboundFetch(client), 1_000_000, heard);
    const body = JSON.stringify({ jsonrpc: "2.0", id: 7, method: "ping" });
    void fetch(`http://127.0.0.1:${port}/`, { method: "POST", body }).then((answer) => answer.text());
  });
  expect(await lost).toBe(7);
  await client.close();
  http.close();
});

test("a session that the server has forgotten is opened anew", async () => {
  const { call } = await opened();
  expect(resultOf(await call("tool.echo", { message: "forget-here" }))).toEqual({ response: "forget-here" });
  expect(errorOf(await call("ping"))).toMatchObject({ code: "CONNECTION_LOST", retryable: true });
  expect(resultOf(await call("ping"))).toEqual({ response: "pong" });
});

test("headers of the configuration go with every request; without them the server refuses", async () => {
  const { call, word, words } = await opened({
    faults: ["locked"],
    headers: { authorization: "Bearer key" },
  });
  expect(resultOf(await call("ping"))).toEqual({ response: "pong" });
  for (const method of ["POST", "POST", "GET", "POST"]) await word(method);
  const asked = words.filter((one) => /^(?:POST|GET) /.test(one));
  expect(asked.filter((word) => !word.endsWith(" Bearer key"))).toEqual([]);
  await current?.remove();
  current = undefined;
  const other = await opened({ faults: ["locked"] });
  expect(errorOf(await other.call("ping"))).toMatchObject({
    code: "AUTHENTICATION_FAILED",
    retryable: false,
  });
});

test("a message that is too large ends the connection", async () => {
  const { call } = await opened({ mostBytes: 100_000 });
  const error = errorOf(await call("tool.big", { bytes: 1_000_000 }));
  expect(error).toMatchObject({ code: "PROVIDER_ERROR" });
  expect(error.message).toBe("the server harbour wrote a message of more than 100000 bytes");
});

test("the server is told when the session is over", async () => {
  const { call, provider, word } = await opened();
  expect(resultOf(await call("ping"))).toEqual({ response: "pong" });
  await provider.close();
  expect(await word("gone session")).toBe("gone session");
});
