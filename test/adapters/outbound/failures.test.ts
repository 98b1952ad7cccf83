// What can go wrong between two machines, each with its code, and nothing left open.
import { once } from "node:events";
import { createServer } from "node:https";
import { afterEach, describe, expect, test } from "vitest";
import { outbound } from "../../../src/adapters/outbound/index.ts";
import { GleitzeitError } from "../../../src/domain/index.ts";
import { type Canary, canary, rawCanary } from "./canary.ts";
import { CERTIFICATE, KEY } from "./certificate.ts";
import { get, textOf } from "./requests.ts";

const client = outbound({});
const servers: Canary[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});
const at = ({ port }: Canary, scheme = "http") => `${scheme}://127.0.0.1:${port}/`;
const kept = (server: Canary): Canary => {
  servers.push(server);
  return server;
};

describe("a connection", () => {
  test("to a port where nothing listens is refused", async () => {
    const gone = await canary(() => undefined);
    await gone.close();
    await expect(client.send(get(at(gone)))).rejects.toMatchObject({ code: "CONNECTION_REFUSED" });
  });

  test.each(["ENOTFOUND", "EAI_AGAIN"])("to a name that is not found (%s) says so", async (code) => {
    const nowhere = outbound({ lookup: () => Promise.reject(Object.assign(new Error(code), { code })) });
    await expect(nowhere.send(get("http://nowhere.example.org/"))).rejects.toMatchObject({
      code: "NETWORK_UNREACHABLE",
      message: expect.stringContaining("http://nowhere.example.org"),
    });
    await nowhere.close();
  });

  test("that is not secure where it should be is not accepted", async () => {
    const plain = kept(await canary((_request, response) => response.end("plain")));
    await expect(client.send(get(at(plain, "https")))).rejects.toMatchObject({
      code: "AUTHENTICATION_FAILED",
    });
  });

  test("to a server whose certificate nobody vouches for is not accepted", async () => {
    const server = createServer({ key: KEY, cert: CERTIFICATE }, (_request, response) =>
      response.end("secret"),
    );
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const address = server.address();
    const port = typeof address === "object" ? address?.port : undefined;
    await expect(client.send(get(`https://127.0.0.1:${port}/`))).rejects.toMatchObject({
      code: "AUTHENTICATION_FAILED",
    });
    server.close();
  });
});

describe("an answer", () => {
  test.each([
    ["that is cut before it begins", "", "CONNECTION_LOST"],
    ["that is no HTTP", "SSH-2.0-OpenSSH_9.2\r\n", "PROVIDER_ERROR"],
    ["whose headers never end", `HTTP/1.1 200 OK\r\nx: ${"y".repeat(70_000)}`, "PROVIDER_ERROR"],
  ])("%s", async (_what, bytes, code) => {
    const server = kept(await rawCanary((socket) => socket.once("data", () => socket.end(bytes))));
    await expect(client.send(get(at(server)))).rejects.toMatchObject({ code });
  });

  test.each([
    ["shorter than it said", "HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nhalf"],
    ["cut in a chunk", "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nff\r\nhalf"],
  ])("%s is lost, not short", async (_what, bytes) => {
    const server = kept(await rawCanary((socket) => socket.once("data", () => socket.end(bytes))));
    const response = await client.send(get(at(server)));
    await expect(textOf(response)).rejects.toMatchObject({ code: "CONNECTION_LOST" });
  });

  test.each([
    ["that does not come", undefined],
    ["that stops in the middle", "HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nhalf"],
  ])("%s is not waited for longer than was said", async (_what, bytes) => {
    const server = kept(await rawCanary((socket) => socket.once("data", () => bytes && socket.write(bytes))));
    const asked = client.send(get(at(server), { silenceMs: 20 })).then(textOf);
    await expect(asked).rejects.toMatchObject({ code: "PROVIDER_TIMEOUT" });
  });

  test("nobody waits for any more ends with the reason", async () => {
    const server = kept(await rawCanary((socket) => socket.once("data", () => stop.abort(reason))));
    const stop = new AbortController();
    const reason = new GleitzeitError("TASK_CANCELLED", "no longer wanted");
    await expect(client.send(get(at(server), { signal: stop.signal }))).rejects.toBe(reason);
  });
});

test("closed, it ends what is under way, and refuses what comes", async () => {
  const short = outbound({});
  const server = kept(await rawCanary((socket) => socket.once("data", () => void short.close())));
  await expect(short.send(get(at(server)))).rejects.toMatchObject({ code: "SYSTEM_SHUTDOWN" });
  await short.close();
  await expect(short.send(get(at(server)))).rejects.toMatchObject({ code: "SYSTEM_SHUTDOWN" });
});
