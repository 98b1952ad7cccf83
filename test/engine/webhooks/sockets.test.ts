// Deliveries over real sockets, verified by the reference package, to receivers that behave as receivers do.
import { expect, test } from "vitest";
import { CLI, workflow } from "../rig.ts";
import { answering, attemptsAt, recorded, sending } from "./socket-rig.ts";

test.each([
  ["what JavaScript and JSON read differently", 'é 🎉 \u2028\u2029 \u0000 "\\ \u{1F469}\u200D\u{1F4BB}'],
  ["200 kB", "é🎉".repeat(33_000)],
])("%s arrives as it was signed", async (_, give) => {
  const here = sending();
  const there = await answering();
  await here.told(give, ["task.succeeded"], there);
  await there.until(() => there.got.length === 1);
  const [one] = there.got;
  expect(one?.isVerified).toBe(true);
  expect(one?.body.data.result).toBe(give);
});

test.each([
  ["never ends", 200, "x".repeat(64 * 1024)],
  ["never ends and fails", 500, "x".repeat(64 * 1024)],
])("an answer that %s is left after its first 8 kB, and the connection with it", async (_, status, piece) => {
  const here = sending();
  let closed = 0;
  const there = await answering((_one, response) => {
    response.on("close", () => (closed += 1)).writeHead(status);
    const pour = (): void => void (response.destroyed || response.write(piece, () => setImmediate(pour)));
    pour();
    return undefined;
  });
  const id = await here.told(1, ["task.succeeded"], there);
  await there.until(() => there.got.length >= (status === 200 ? 1 : 2));
  const [first] = await recorded(
    () => attemptsAt(here, id),
    (all) => all.length > 0,
  );
  expect(first).toMatchObject({ status, outcome: status === 200 ? "delivered" : "failed" });
  expect(first?.response?.length).toBe(8 * 1024);
  await recorded(
    async () => closed,
    (count) => count > 0,
  );
});

test("a receiver that says nothing costs one attempt; what it answers too late does not count", async () => {
  const here = sending({ timeoutMs: 100 });
  const late: (() => void)[] = [];
  const there = await answering((one, response) => {
    if (one.attempt > 1) return true;
    late.push(() => response.writeHead(200).end());
    return undefined;
  });
  const id = await here.told(1, ["task.succeeded"], there);
  await there.until(() => there.got.length === 2);
  for (const answer of late) answer();
  const [first, second] = there.got;
  expect(second).toMatchObject({ id: first?.id, text: first?.text, attempt: 2 });
  expect((await attemptsAt(here, id))[0]).toMatchObject({
    outcome: "failed",
    code: "CONNECTION_TIMEOUT",
    status: null,
  });
});

test("an answer that comes drop by drop holds nothing up beyond the time it has", async () => {
  const here = sending({ timeoutMs: 200 });
  const there = await answering((_one, response) => {
    response.writeHead(200).write("a");
    const timer = setInterval(() => response.write("a"), 20);
    response.on("close", () => clearInterval(timer));
    return undefined;
  });
  const id = await here.told(1, ["run.submitted", "run.succeeded"], there);
  await there.until(() => there.got.length === 2);
  expect((await attemptsAt(here, id)).find(({ outcome }) => outcome === "delivered")?.response).toMatch(
    /^a+$/,
  );
});

test("a redirect is a failure, and where it leads nobody asks", async () => {
  const here = sending();
  const elsewhere = await answering();
  const there = await answering((_one, response) => {
    response.writeHead(307, { location: elsewhere.url }).end();
    return undefined;
  });
  const id = await here.told(1, ["task.succeeded"], there);
  await there.until(() => there.got.length === 4);
  expect(elsewhere.got).toEqual([]);
  expect((await attemptsAt(here, id))[0]).toMatchObject({
    status: 307,
    message: "HTTP 307: redirects are not followed",
  });
});

test.each([
  [429, "60"],
  [503, new Date(Date.now() + 60_000).toUTCString()],
])("%d with Retry-After %s: not before", async (status, after) => {
  const here = sending();
  const there = await answering((_one, response) => {
    response.writeHead(status, { "retry-after": after }).end();
    return undefined;
  });
  const id = await here.told(1, ["task.succeeded"], there);
  await there.until(() => there.got.length === 1);
  const due = async () => (await here.desk.deliveries(id, { limit: 1 })).items[0]?.dueAt ?? undefined;
  while ((await due()) === undefined) await new Promise(setImmediate);
  expect(Date.parse((await due()) ?? "") - Date.now()).toBeGreaterThan(20_000);
});

test("410 ends it; while a secret is rotated both sign, and each is enough", async () => {
  const here = sending();
  let isGone = false;
  const there = await answering((_one, response) => {
    response.writeHead(isGone ? 410 : 204).end();
    return undefined;
  });
  const id = await here.told(1, ["run.succeeded"], there);
  await there.until(() => there.got.length === 1);
  const [old = ""] = there.secrets;
  const { secret } = await here.desk.rotate(id, 60_000, CLI);
  for (const one of [old, secret]) {
    there.secrets = [one];
    const before = there.got.length;
    await (await here.rig.runs.run(workflow([{ id: "a", params: { give: 2 } }]))).end;
    await there.until(() => there.got.length === before + 1);
    expect(there.got.at(-1)).toMatchObject({ isVerified: true, signatures: 2 });
  }
  await here.desk.rotate(id, 0, CLI);
  isGone = true;
  await (await here.rig.runs.run(workflow([{ id: "a", params: { give: 3 } }]))).end;
  await there.until(() => there.got.length === 4);
  expect(there.got.at(-1)).toMatchObject({ isVerified: false, signatures: 1 });
  while ((await here.desk.show(id)).status !== "disabled") await new Promise(setImmediate);
  expect(await here.desk.show(id)).toMatchObject({ disabled: { reason: "gone" } });
});
