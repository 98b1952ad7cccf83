// Twenty strings of one person, in every place that there is for such: once the person is erased they are nowhere, by the
// bytes of every file, and everything else goes on.
import { once } from "node:events";
import { readdir, rm, stat } from "node:fs/promises";
import { createServer } from "node:http";
import { join } from "node:path";
import { expect, test } from "vitest";
import { sqliteDriver } from "../../src/adapters/event-store/driver.ts";
import { standsIn, whereabouts } from "../adapters/cli/canary.ts";
import { type Answer, at, rig, text } from "../adapters/cli/rig.ts";
import { aboutSomebody, CANARIES, configuration, GIVEN, SAID, small, WHO } from "./canary-story.ts";
import { receiver } from "./webhook-receiver.ts";

const here = rig();

const standing = (text: string): readonly string[] =>
  CANARIES.filter((one) => standsIn(Buffer.from(text), one));
const inputs = (given: Readonly<Record<string, string>>): readonly string[] =>
  Object.entries(given).flatMap(([name, value]) => ["--input", `${name}=${value}`]);

/** Answers what it is asked, and refuses \`/refused\`, each with something about the person. */
async function answering() {
  const server = createServer(({ url }, response) => {
    if (url === "/refused") response.writeHead(404).end(`no ${SAID.refusal}`);
    else response.end(`yes ${SAID.answer}`);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  return { url: `http://127.0.0.1:${port}`, close: () => server.close() };
}

/** The run that has everything; somebody signals and approves as soon as that is asked for. */
async function lived(flow: string): Promise<Answer> {
  const { gleitzeit } = here();
  const { id, reason, signal, edit, comment } = SAID;
  const asked: Promise<unknown>[] = [];
  const ask = (...argv: readonly string[]): void => void asked.push(gleitzeit(argv));
  const watch = (err: string): void => {
    if (asked.length === 0 && /waits for signal/.test(err))
      ask("signal", id, "paid", "--data", JSON.stringify(signal));
    if (asked.length === 1 && /waits for approval/.test(err))
      ask("approve", id, "ask", "--edit", JSON.stringify(edit), "--reason", comment);
  };
  const words = ["run", flow, "--subject", WHO, "--id", id, "--reason", reason, "--watch", ...inputs(GIVEN)];
  const answer = await gleitzeit(words, { user: WHO, watch });
  await Promise.all(asked);
  return answer;
}

/** Said in the ways in which somebody looks at runs, at what was taken out of the log, and at who did what. */
async function looked(runs: {
  readonly fork: string;
  readonly endpoint: string;
}): Promise<readonly string[]> {
  const { gleitzeit, folder } = here();
  const { id } = SAID;
  const exported = ["bundle", "jsonl", "cloudevents", "ocsf", "csv"].map((format) => [
    ...["export", "--all", "--format", format, "-o", join(folder, `after.${format}`)],
  ]);
  const said: string[] = [];
  for (const argv of [
    ["show", id],
    ["show", id, "--at", "9", "--json"],
    ["timeline", id, "--html", join(folder, "timeline.html")],
    ["diff", "short", runs.fork],
    ["diff", "short", id, "--html", join(folder, "diff.html")],
    ["replay", id],
    ["replay", id, "--mode", "stub"],
    ["events", id, "--json"],
    ["logs", id],
    ["failures", "--json"],
    ["audit", "trail"],
    ["webhooks", "deliveries", runs.endpoint, "--json"],
    ...exported,
  ]) {
    const { exit, out, err } = await gleitzeit(argv);
    expect(exit, `${argv.join(" ")}\n${err}`).toBe(0);
    said.push(out, err);
  }
  return said;
}

test("nothing of them is in any file, what was said before verifies, and their runs are shown, compared and replayed", async () => {
  const { gleitzeit, file, folder, home } = here();
  const done = async (...argv: readonly string[]): Promise<Answer> => {
    const answer = await gleitzeit(argv);
    expect(answer.exit, `${argv.join(" ")}\n${answer.err}`).toBe(0);
    return answer;
  };
  const about = (document: string, ...more: readonly string[]): Promise<Answer> =>
    done("run", document, "--subject", WHO, "--input", `who=${GIVEN.who}`, "--quiet", ...more);
  const web = await answering();
  await file("gleitzeit.yaml", configuration);
  const flow = await file("about.yaml", aboutSomebody(web.url));
  const [brief, left] = [await file("small.yaml", small("Small")), await file("left.yaml", small("Left"))];
  const letter = await file(GIVEN.path, `${SAID.content}: `.repeat(3));
  const there = await receiver((one, response) => {
    response.writeHead(one.attempt === 1 ? 500 : 200).end(`I was sent ${one.text}`); // as careless receivers do
    return undefined;
  });
  const endpoint = text((await done("webhooks", "create", there.url, "--json")).json, "id");
  const { DatabaseSync } = await sqliteDriver();
  const beside = new DatabaseSync(join(home, "gleitzeit.db")); // so that the write-ahead log stays
  beside.exec("PRAGMA journal_mode = WAL; SELECT * FROM log");

  expect((await lived(flow)).exit).toBe(0);
  web.close();
  await about(left);
  await about(brief, "--id", "short");
  const changed = `inputs.who=${JSON.stringify(SAID.set)}`;
  const fork = text(
    (await done("fork", "short", "--from", "greet", "--set", changed, "--json")).json,
    "runId",
  );
  await about(brief, "--id", "stopped", "--detach");
  await done("cancel", "stopped", "--reason", SAID.cancelled);
  const stop = new AbortController();
  const worker = gleitzeit(["worker", "--verbose"], { interrupted: stop.signal });
  await there.until(() =>
    there.got.some(({ body, attempt }) => body.type === "run.cancelled" && attempt > 1),
  );
  stop.abort();
  const logged = await worker;
  await there.close();
  await done("retention", "run");
  const [before, copy, held] = [
    join(folder, "a.bundle"),
    join(folder, "copy.db"),
    join(folder, "held.jsonl"),
  ];
  const vkey = await file("trusted.vkey", (await done("audit", "vkey")).out);
  await done("export", SAID.id, "-o", before);
  await done("store", "backup", copy);
  await done("export", "--subject", WHO, "-o", held);
  const found = await whereabouts(folder, CANARIES);
  expect(CANARIES.filter((one) => !found.includes(`${one} in /held.jsonl`))).toEqual([]); // all of them were recorded
  await Promise.all([rm(held), rm(letter)]); // it was theirs

  expect((await done("erase", WHO, "--reason", "asked for", "--json")).json).toMatchObject({
    ...{ status: "erased", runs: 5, name: true, endpoints: [endpoint] },
  });
  const said = await looked({ fork, endpoint });
  expect(standing(said.join(""))).toEqual([]);
  expect(standing(logged.err)).toEqual([]);
  await done("export", "--subject", WHO, "-o", held);
  expect((await whereabouts(folder, CANARIES)).filter((one) => one.endsWith("/held.jsonl"))).toEqual([
    `${WHO} in /held.jsonl`, // whom somebody asked for
  ]);
  await rm(held);
  const back = `sqlite:${join(home, "back.db")}`;
  await done("store", "restore", copy, "--store", back);
  const shown = await done("events", SAID.id, "--store", back, "--json");
  expect(at(shown.lines[0], "data.values")).toEqual({ $erased: true });
  for (const bundle of [before, join(folder, "after.bundle"), ...(await archives())])
    expect((await done("verify", bundle, "--vkey", vkey, "--json")).json).toMatchObject({ ok: true });

  expect((await stat(join(home, "gleitzeit.db-wal"))).size).toBeGreaterThan(0);
  expect(await whereabouts(home, CANARIES)).toEqual([]);
  // A backup of before has the name, as it has the keys, until it is deleted.
  const kept = (await whereabouts(folder, CANARIES)).filter(
    (one) => !/keys\/copy\.db\/names\/[^/]+$/.test(one),
  );
  expect(kept).toEqual([]);
  beside.close();
});

async function archives(): Promise<readonly string[]> {
  const place = join(here().home, "archive", "gleitzeit.db");
  return (await readdir(place)).filter((name) => name.endsWith(".bundle")).map((name) => join(place, name));
}
