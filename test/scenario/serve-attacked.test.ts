// A server on its own, and clients that are slow, too many, or no clients at all.
import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { ask } from "../adapters/http/rig.ts";
import { place } from "./command.ts";
import { answered, opened, POST_HEAD, type Serving, serving } from "./serving.ts";

const here = place();

/** More than wait where nobody says how many may. */
const CLIENTS = 600;

test("who sends drop by drop is told 408, who sends too much of a head 431, and others are answered", async () => {
  const env = { GLEITZEIT_SERVER__REQUEST_TIMEOUT: "0.4" };
  const server = await serving({ ...here(), store: "memory:" }, { env });
  const said = async (text: string): Promise<string> => {
    const socket = await opened(server);
    socket.write(text);
    return answered(socket);
  };
  const [body, head, large, other] = await Promise.all([
    said(`${POST_HEAD}content-length: 100\r\n\r\n{`),
    said(POST_HEAD),
    said(`GET /livez HTTP/1.1\r\nx-large: ${"x".repeat(20_000)}\r\n\r\n`),
    ask(server.url, "GET", "/livez"),
  ]);
  for (const [answer, status, code] of [
    [body, 408, "CONNECTION_TIMEOUT"],
    [head, 408, "CONNECTION_TIMEOUT"],
    [large, 431, "RESOURCE_EXHAUSTED"],
  ] as const) {
    expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(answer).toContain("application/problem+json");
    expect(answer).toContain(code);
  }
  expect(other.status).toBe(200);
  await crowd(server);
  server.child.kill("SIGTERM");
  expect((await server.ended).exit).toBe(0);
}, 60_000);

/** While it does nothing at all, as in a long pause of its machine, nobody who comes is cut off. */
async function crowd(server: Serving): Promise<void> {
  const most = Number(await readFile("/proc/sys/net/core/somaxconn", "utf8"));
  server.child.kill("SIGSTOP");
  const clients = Array.from({ length: Math.min(CLIENTS, most) }, () => opened(server));
  const sockets = await Promise.all(clients);
  for (const socket of sockets) socket.write("GET /livez HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n");
  server.child.kill("SIGCONT");
  const answers = await Promise.all(sockets.map(answered));
  // It was asked to be ready within 0.4 s of each, and says so where it was not.
  expect(answers.filter((one) => !/^HTTP\/1\.1 (?:200|408) /.test(one))).toEqual([]);
}
