// Flags and quotas over HTTP: what is set there is what the server does next.
import { expect, test } from "vitest";
import { isObject } from "../../../src/domain/index.ts";
import { text } from "../cli/rig.ts";
import { type Answer, HELLO, server } from "./rig.ts";

const here = server();
const WAITS = "name: Waits\ntasks:\n  - {id: a, wait: {signal: never}}\n";

const itemIn = ({ json }: Answer, name: string) =>
  Array.isArray(json.items)
    ? json.items.find((one) => isObject(one) && (one.flag === name || one.quota === name))
    : undefined;

test("submissions off: a new run is not allowed, a repeat is answered; who did it, when and why is on record", async () => {
  const [admin, operator] = [await here().key("admin"), await here().key("operator")];
  const submit = (id: string) =>
    here().ask("POST", "/v1/runs?wait=20", { key: operator, body: { workflow: HELLO, id } });
  const first = await submit("first");
  const before = await here().ask("GET", "/v1/admin/flags", { key: admin });
  expect(itemIn(before, "submissions")).toMatchObject({
    on: true,
    default: true,
    from: "default",
    by: null,
    at: null,
  });
  const set = await here().ask("PUT", "/v1/admin/flags/submissions", {
    key: admin,
    body: { on: false, reason: "the disk is full" },
  });
  const by = { type: "service", id: admin.split("_")[1] };
  expect(set.json).toMatchObject({ flag: "submissions", on: false, from: "tenant", by });
  const refused = await submit("second");
  expect(refused.json).toMatchObject({
    status: 403,
    code: "AUTHORIZATION_FAILED",
    detail: expect.stringMatching(/`submissions` is off.*gleitzeit flags set submissions on/),
  });
  expect(await submit("first")).toMatchObject({ status: 200, json: { runId: first.json.runId } });
  const again = await here().ask("PUT", "/v1/admin/flags/submissions", { key: admin, body: { on: false } });
  expect(again.json.at).toBe(set.json.at);
  const trail = await here().ask("GET", "/v1/audit/trail?type=Flag*&all=true", { key: admin });
  const entries = trail.text.split("\n").filter((line) => line !== "");
  expect(entries.map((line) => JSON.parse(line))).toMatchObject([
    {
      what: "FlagSet",
      actor: by,
      on: { kind: "settings", id: "main", tenant: "main" },
      setting: "submissions off",
      why: "the disk is full",
    },
  ]);
  const cleared = await here().ask("DELETE", "/v1/admin/flags/submissions?reason=room+again", { key: admin });
  expect(cleared).toMatchObject({ status: 200, json: { on: true, from: "default", by: null } });
  expect((await submit("second")).status).toBe(201);
});

test("runs in a day and at once: 429, with when to come again where that is known", async () => {
  const admin = await here().key("admin");
  const set = (quota: string, limit: number) =>
    here().ask("PUT", `/v1/admin/quotas/${quota}`, { key: admin, body: { limit } });
  const submit = () => here().ask("POST", "/v1/runs", { key: admin, body: { workflow: WAITS } });
  const { used } = (await set("runs_per_day", 0)).json;
  expect(used).toBeGreaterThan(0);
  const tomorrow = await submit();
  expect(tomorrow.json).toMatchObject({ status: 429, code: "RATE_LIMIT_EXCEEDED" });
  const seconds = Number(tomorrow.headers.get("retry-after"));
  expect(seconds).toBeGreaterThan(0);
  expect(seconds).toBeLessThanOrEqual(86_400);
  await here().ask("DELETE", "/v1/admin/quotas/runs_per_day", { key: admin });
  await set("open_runs", 1);
  const run = text((await submit()).json, "runId");
  const full = await submit();
  expect(full.json).toMatchObject({ status: 429, detail: expect.stringContaining("`open_runs` is used up") });
  expect(full.headers.get("retry-after")).toBeNull();
  const quotas = await here().ask("GET", "/v1/admin/quotas", { key: admin });
  expect(itemIn(quotas, "open_runs")).toMatchObject({ limit: 1, used: 1, from: "tenant" });
  await here().ask("POST", `/v1/runs/${run}/cancel`, { key: admin, body: {} });
  expect((await submit()).status).toBe(201);
  await here().ask("DELETE", "/v1/admin/quotas/open_runs", { key: admin });
  expect((await submit()).status).toBe(201);
});

test("requests in a minute: of each key, in place of the server's own limit, from the next request on", async () => {
  const [admin, one, other] = [
    await here().key("admin"),
    await here().key("viewer"),
    await here().key("viewer"),
  ];
  const look = (key: string) => here().ask("GET", "/v1/providers", { key });
  expect((await look(one)).headers.get("ratelimit-limit")).toBe("6000");
  const set = await here().ask("PUT", "/v1/admin/quotas/requests_per_minute", {
    key: admin,
    body: { limit: 3 },
  });
  expect(set.json).toMatchObject({ limit: 3, used: null, from: "tenant" });
  const answers = [await look(one), await look(one), await look(one)];
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 429]);
  expect(answers[0]?.headers.get("ratelimit-limit")).toBe("3");
  expect(answers[2]?.headers.get("retry-after")).toMatch(/^\d+$/);
  expect((await look(other)).status).toBe(200);
  const cleared = await here().ask("DELETE", "/v1/admin/quotas/requests_per_minute", { key: admin });
  expect(cleared.json).toMatchObject({ limit: 6000, from: "default" });
  expect((await look(one)).status).toBe(200);
});
