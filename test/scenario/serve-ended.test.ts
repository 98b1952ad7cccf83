// A server that is ended in the middle of everything, and the one after it: what was acknowledged stands, what was owed is sent.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { sqliteDriver } from "../../src/adapters/event-store/driver.ts";
import { text } from "../adapters/cli/rig.ts";
import { ask, HELLO } from "../adapters/http/rig.ts";
import { listen } from "../adapters/http/stream.ts";
import { gleitzeit, place } from "./command.ts";
import { opened, POST_HEAD, type Serving, serving } from "./serving.ts";
import { receiver } from "./webhook-receiver.ts";
import { CONFIGURATION } from "./webhook-story.ts";

const here = place();
const MANY = 8;

const isListening = (one: Pick<Serving, "url">): Promise<boolean> =>
  opened(one).then(
    (socket) => !!socket.destroy(),
    () => false,
  );

test("SIGTERM while runs come in, a stream is read and a delivery hangs; then twice, on a store that somebody holds", async () => {
  await writeFile(join(here().folder, "gleitzeit.yaml"), CONFIGURATION);
  let hangs = true;
  const there = await receiver(() => (hangs ? undefined : true));
  const first = await serving(here());
  const hook = await ask(first.url, "POST", "/v1/webhooks", { body: { url: there.url, events: ["run.*"] } });
  there.secrets = [text(hook.json, "secret")];
  const stream = await listen(`${first.url}/v1/events/stream`);
  const asking = Array.from({ length: MANY }, (_, i) =>
    ask(first.url, "POST", "/v1/runs", { body: { workflow: HELLO, id: `run-${i}` } }).then(
      ({ status, json }) => ({ status, id: status === 201 ? text(json, "runId") : "" }),
      () => ({ status: 0, id: "" }),
    ),
  );
  await Promise.race(asking);
  await there.until(() => there.got.length > 0);
  first.child.kill("SIGTERM");
  const answers = await Promise.all(asking);
  const ended = await first.ended;
  expect(ended, ended.stderr).toMatchObject({ exit: 0, signal: null });
  for (let one = await stream.next(); one; one = await stream.next()) expect(one.data).toMatch(/^\{/);
  expect(answers.filter(({ status }) => ![0, 201, 503].includes(status))).toEqual([]);
  const taken = answers.filter(({ status }) => status === 201).map(({ id }) => id);
  expect(taken.length).toBeGreaterThan(0);

  hangs = false;
  const hung = there.got.map(({ id }) => id);
  const second = await serving(here());
  const over = (): Set<string> =>
    new Set(
      there.got
        .filter(({ isTaken, body }) => isTaken && body.type === "run.succeeded")
        .map(({ body }) => body.subject),
    );
  await there.until(() => taken.every((run) => over().has(run)));
  const came = new Set(there.got.filter(({ isTaken }) => isTaken).map(({ id }) => id));
  expect(hung.filter((id) => !came.has(id))).toEqual([]);
  expect(there.got.filter(({ isVerified }) => !isVerified)).toEqual([]);

  // Whoever holds the store holds up writers, and nobody else.
  const { DatabaseSync } = await sqliteDriver();
  const holder = new DatabaseSync(join(here().home, "gleitzeit.db"), { timeout: 5000 });
  holder.exec("BEGIN IMMEDIATE");
  const late = ask(second.url, "POST", "/v1/runs?wait=30", { body: { workflow: HELLO } });
  expect((await ask(second.url, "GET", "/livez")).status).toBe(200);
  expect((await ask(second.url, "GET", `/v1/runs/${taken[0]}`)).status).toBe(200);
  holder.exec("ROLLBACK");
  holder.close();
  expect((await late).json).toMatchObject({ status: "succeeded" });

  const taking = await gleitzeit(here(), ["serve", "--port", new URL(second.url).port, "--json"]);
  expect(taking, taking.stderr).toMatchObject({ exit: 5 });
  expect(taking.stdout).toContain("cannot be listened on");

  const slow = await opened(second);
  slow.write(`${POST_HEAD}content-length: 100\r\n\r\n{`);
  await ask(second.url, "GET", "/livez"); // what was sent before was read by then
  second.child.kill("SIGTERM");
  while (await isListening(second));
  expect(second.child.exitCode).toBeNull();
  second.child.kill("SIGTERM");
  expect((await second.ended).exit).toBe(130);
  slow.destroy();
  await there.close();
}, 240_000);
