// Secrets of calls: what the provider gets, what the log shows, what comes back, and what is asked anew.
import { describe, expect, test } from "vitest";
import type { Definition, JsonObject, RunId } from "../../src/domain/index.ts";
import type { Log, Outcome } from "../../src/engine/ports/index.ts";
import { broken, ok, type Rig, rig, scripted, workflow } from "./rig.ts";

const VALUE = 'pass"wörd/ 4711!';

const one = (params: JsonObject, more: JsonObject = {}): Definition =>
  workflow([{ id: "a", params, ...more }]);

async function everything(r: Rig, run: RunId): Promise<string> {
  return JSON.stringify((await r.log(run)).map(({ event }) => event));
}

const told = (text: string): string => JSON.stringify(text).slice(1, -1);

describe("a call", () => {
  test("gets the value; the log has the reference, and nothing of what comes back has the value", async () => {
    const provider = scripted(({ params }) =>
      ok({ got: params, [VALUE]: [`in ${JSON.stringify(params.auth)}`] }),
    );
    const r = rig({ providers: [provider], secrets: { KEY: VALUE } });
    const { run, end } = await r.run(one({ auth: "Basic ${secret.KEY}", n: 1 }));
    expect(await end).toMatchObject({ status: "succeeded" });
    expect(provider.calls[0]?.params).toEqual({ auth: `Basic ${VALUE}`, n: 1 });
    const log = await r.log(run);
    expect(log.find(({ event }) => event.type === "TaskScheduled")?.event.data.values).toEqual({
      params: { auth: "Basic ${secret.KEY}", n: 1 },
      secrets: [{ path: ["auth"], at: 6, name: "KEY" }],
    });
    expect(log.find(({ event }) => event.type === "TaskSucceeded")?.event.data.values).toEqual({
      result: { got: { auth: "Basic ***", n: 1 }, "***": ['in "Basic ***"'] },
    });
    expect(await everything(r, run)).not.toContain(told(VALUE));
  });

  test("that fails shows it neither in its error, nor in causes, details and evidence", async () => {
    const hidden = Buffer.from(`user:${VALUE}`).toString("base64");
    const failed: Outcome = {
      ok: false,
      error: {
        code: "TASK_EXECUTION_FAILED",
        message: `refused ${VALUE}`,
        retryable: false,
        details: { sent: [encodeURIComponent(VALUE)] },
        cause: { code: "CONNECTION_LOST", message: hidden, retryable: false },
      },
      evidence: {
        stdout: `one\n${VALUE}`,
        stderr: JSON.stringify({ VALUE }),
        partial: [VALUE],
        http: { status: 500, body: `cut off: ${VALUE.slice(0, -1)}` },
      },
      instance: `https://host/?key=${encodeURIComponent(VALUE)}`,
    };
    const r = rig({ providers: [scripted(() => failed)], secrets: { KEY: VALUE } });
    const { run, end } = await r.run(one({ x: "${secret.KEY}" }));
    expect(await end).toMatchObject({ status: "failed" });
    const failure = (await r.log(run)).find(({ event }) => event.type === "TaskFailed")?.event.data;
    expect(failure).toMatchObject({
      instance: "https://host/?key=***",
      values: {
        error: { message: "refused ***", details: { sent: ["***"] }, cause: { code: "CONNECTION_LOST" } },
        evidence: {
          stdout: "one\n***",
          stderr: '{"VALUE":"***"}',
          partial: ["***"],
          http: { status: 500, body: "cut off: ***" },
        },
      },
    });
    const all = await everything(r, run);
    for (const trace of [told(VALUE), VALUE.slice(0, -1), hidden.slice(8, 24)])
      expect(all).not.toContain(trace);
  });

  test("that throws, and what it logs, shows nothing either", async () => {
    const lines: string[] = [];
    const write: Log["info"] = (fields, message) => {
      const { error } = fields;
      lines.push(
        JSON.stringify(fields),
        message,
        error instanceof Error ? `${error.message} ${error.stack}` : "",
      );
    };
    const provider = scripted(({ context }) => {
      context.log.warn({ key: VALUE, deep: [VALUE] }, `sending ${VALUE}`);
      context.log.error({ error: new Error(`no ${VALUE}`) }, "failed");
      throw new Error(`thrown ${VALUE}`);
    });
    const r = rig({
      providers: [provider],
      secrets: { KEY: VALUE },
      log: { debug: write, info: write, warn: write, error: write },
    });
    const { run, end } = await r.run(one({ x: "${secret.KEY}" }));
    expect(await end).toMatchObject({ status: "failed" });
    expect(await everything(r, run)).toContain("thrown ***");
    expect(lines).toContain("sending ***");
    expect(lines.join("\n")).not.toContain(VALUE);
    expect(lines.join("\n")).not.toContain(told(VALUE));
  });

  test("live chunks show nothing, in however small pieces it comes", async () => {
    const seen: string[] = [];
    const provider = scripted(({ context }) => {
      for (const char of `<${VALUE}|${VALUE}>`) context.emit({ kind: "stdout", text: char });
      context.emit({ kind: "stderr", text: `${VALUE.slice(0, 9)}` });
      return ok(1);
    });
    const r = rig({ providers: [provider], secrets: { KEY: VALUE } });
    r.engine.chunks.subscribe(({ kind, text }) => seen.push(`${kind} ${text}`));
    const { end } = await r.run(one({ x: "${secret.KEY}" }));
    await end;
    const texts = (kind: string): string =>
      seen.flatMap((one) => (one.startsWith(kind) ? [one.slice(kind.length + 1)] : [])).join("");
    expect(texts("stdout")).toBe("<***|***>");
    expect(texts("stderr")).toBe("***");
  });

  test("a number that is the secret is struck out too", async () => {
    const r = rig({
      providers: [scripted(() => ok({ pin: 48151623, other: 48151 }))],
      secrets: { PIN: "48151623" },
    });
    const { run, end } = await r.run(one({ x: "${secret.PIN}" }));
    await end;
    const done = (await r.log(run)).find(({ event }) => event.type === "TaskSucceeded")?.event.data;
    expect(done).toMatchObject({ values: { result: { pin: "***", other: 48151 } } });
  });
});

describe("a retry", () => {
  test("asks again: a secret that was changed meanwhile counts", async () => {
    const secrets = { KEY: "the old one" };
    const provider = scripted(() => (provider.calls.length === 1 ? broken("CONNECTION_LOST") : ok("done")));
    const r = rig({ providers: [provider], secrets });
    const { run, end } = await r.run(
      one({ x: "${secret.KEY}" }, { retry: { max_attempts: 2, base_delay: 1, jitter: false } }),
    );
    await r.clock.advance(1);
    secrets.KEY = "the new one";
    await r.clock.advance(5000);
    expect(await end).toMatchObject({ status: "succeeded" });
    expect(provider.calls.map(({ params }) => params.x)).toEqual(["the old one", "the new one"]);
    expect(await everything(r, run)).not.toMatch(/the (?:old|new) one/);
  });
});
