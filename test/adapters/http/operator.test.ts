// What an operator meets: a server that ends in the middle of things, and one that cannot begin.
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { rig, text } from "../cli/rig.ts";
import { HELLO, served } from "./rig.ts";

const cli = rig();

test("a submission that was acknowledged while the server ended is in the log", async () => {
  const home = await mkdtemp(join(tmpdir(), "gz-ending-"));
  const options = { home, store: `sqlite:${join(home, "log.db")}` };
  try {
    const first = await served(options);
    const asking = Array.from({ length: 12 }, (_, i) =>
      first
        .ask("POST", "/v1/runs", { body: { workflow: HELLO, id: `run-${i}` } })
        .then(({ status, json }) => ({ status, id: text(json, "runId") }))
        .catch((error: unknown) => ({ status: 0, id: String(error) })),
    );
    await Promise.race(asking);
    await first.close();
    const answers = await Promise.all(asking);
    const acknowledged = answers.filter(({ status }) => status === 201 || status === 200);
    expect(acknowledged.length).toBeGreaterThan(0);
    expect(answers.filter(({ status }) => ![0, 200, 201, 503].includes(status))).toEqual([]);
    const second = await served(options);
    for (const { id } of acknowledged) expect((await second.ask("GET", `/v1/runs/${id}`)).status).toBe(200);
    await second.close();
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}, 180_000);

test("who asks a server that is ending is told so, as a problem, and nothing was taken", async () => {
  const one = await served();
  const { hostname, port } = new URL(one.url);
  const opened = async (): Promise<Socket> => {
    const socket = connect(Number(port), hostname);
    await once(socket, "connect");
    return socket;
  };
  const [slow, late] = [await opened(), await opened()];
  const head = `Host: ${hostname}\r\nContent-Type: application/json\r\n`;
  slow.write(`POST /v1/runs HTTP/1.1\r\n${head}Content-Length: 100\r\n\r\n{`);
  await one.ask("GET", "/livez"); // what was sent before was read by then
  const closed = one.close();
  const isListening = () =>
    opened().then(
      (socket) => !!socket.destroy(),
      () => false,
    );
  while (await isListening());
  late.write(`POST /v1/runs HTTP/1.1\r\n${head}Content-Length: 2\r\n\r\n{}`);
  let answer = "";
  for await (const bytes of late.setEncoding("utf8")) answer += String(bytes);
  expect(answer).toMatch(/^HTTP\/1\.1 503 /);
  expect(answer).toMatch(/retry-after: 1\r\n/i);
  expect(answer).toMatch(/application\/problem\+json/);
  expect(answer).toContain("SYSTEM_SHUTDOWN");
  slow.destroy();
  await closed;
});

test("a port that is taken is told as such", async () => {
  const first = await served();
  try {
    const { port } = new URL(first.url);
    const answer = await cli().gleitzeit(["--store", "memory:", "serve", "--port", port]);
    expect(answer.exit, answer.err).toBe(5);
    expect(answer.err).toContain(`127.0.0.1:${port} cannot be listened on`);
  } finally {
    await first.close();
  }
});
