// flags and quotas: set where the store is, and read by whoever asks.
import { expect, test } from "vitest";
import { ECHO, rig, text } from "./rig.ts";

const here = rig();

test("submissions off: run, batch and fork are not allowed, exit 6; on again they run", async () => {
  const path = await here().file("talk.yaml", ECHO);
  const first = await here().gleitzeit(["run", path, "--json"]);
  expect(first.exit).toBe(0);
  const set = await here().gleitzeit(["flags", "set", "submissions", "off", "--reason", "disk full"]);
  expect(set).toMatchObject({ exit: 0, out: "submissions is off, as the tenant says\n" });
  const runs = async () => (await here().gleitzeit(["status", "--json"])).json.runs;
  const before = await runs();
  const run = text(first.json, "runId");
  for (const argv of [
    ["run", path],
    ["run", path, "--detach"],
    ["batch", here().folder, "--pattern", "*.yaml", "--method", "echo/echo"],
    ["fork", run, "--from", "hello"],
  ]) {
    const refused = await here().gleitzeit(argv);
    expect(refused, argv.join(" ")).toMatchObject({ exit: 6 });
    expect(refused.err).toContain("`gleitzeit flags set submissions on`");
  }
  expect(await runs()).toEqual(before);
  expect((await here().gleitzeit(["audit", "trail", "--type", "FlagSet"])).out).toContain(
    "settings main: submissions off: disk full",
  );
  expect((await here().gleitzeit(["flags"])).out).toMatch(/submissions +off +tenant/);
  expect((await here().gleitzeit(["status"])).out).toContain("off    submissions: gleitzeit flags list\n");
  expect((await here().gleitzeit(["status", "--json"])).json.switchedOff).toEqual(["submissions"]);
  await here().gleitzeit(["flags", "clear", "submissions"]);
  expect((await here().gleitzeit(["status", "--json"])).json.switchedOff).toEqual([]);
  expect((await here().gleitzeit(["run", path])).exit).toBe(0);
});

test("a quota that is used up is told, exit 5; --json says how much is used", async () => {
  const path = await here().file("talk.yaml", ECHO);
  await here().gleitzeit(["quotas", "set", "runs_per_day", "0"]);
  const refused = await here().gleitzeit(["run", path, "--json"]);
  expect(refused).toMatchObject({ exit: 5, json: { error: { code: "RATE_LIMIT_EXCEEDED" } } });
  const { json } = await here().gleitzeit(["quotas", "--json"]);
  expect(json.items).toMatchObject([
    { quota: "open_runs", limit: null, used: 0, from: "default" },
    { quota: "runs_per_day", limit: 0, from: "tenant", by: { type: "cli" } },
    { quota: "requests_per_minute", limit: 6000, used: null, from: "default" },
  ]);
  const cleared = await here().gleitzeit(["quotas", "clear", "runs_per_day"]);
  expect(cleared.out).toBe("runs_per_day: no limit\n");
  expect((await here().gleitzeit(["run", path])).exit).toBe(0);
});

test("the configuration's word shows as such, and one that is set goes before it", async () => {
  await here().file("gleitzeit.yaml", "flags: {webhooks: false}\nserver: {requests_per_minute: 10}\n");
  const shown = await here().gleitzeit(["flags", "--json"]);
  expect(shown.json.items).toContainEqual(
    expect.objectContaining({ flag: "webhooks", on: false, default: true, from: "configuration", at: null }),
  );
  expect((await here().gleitzeit(["quotas"])).out).toMatch(/requests_per_minute +10 +configuration/);
  const set = await here().gleitzeit(["flags", "set", "webhooks", "on", "--json"]);
  expect(set.json).toMatchObject({ on: true, from: "tenant" });
  expect((await here().gleitzeit(["flags", "clear", "webhooks", "--json"])).json).toMatchObject({
    on: false,
  });
});

test.each([
  [["flags", "set", "submision", "off"], 2, "did you mean `submissions`?"],
  [["flags", "set", "submissions", "maybe"], 2, "`on` or `off`"],
  [["quotas", "set", "closed", "1"], 2, "there are open_runs, runs_per_day, requests_per_minute"],
  [["quotas", "set", "open_runs", "many"], 2, "a whole number"],
  [["quotas", "set", "requests_per_minute", "0"], 3, "from 1 to 1000000000"],
  [["flags", "set", "submissions"], 2, "on|off"],
] as const)("%j is refused", async (argv, exit, says) => {
  const refused = await here().gleitzeit([...argv]);
  expect(refused.exit).toBe(exit);
  expect(refused.err).toContain(says);
});
