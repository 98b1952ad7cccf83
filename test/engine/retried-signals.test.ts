// What a retry makes of signals: those that a wait has taken are its result, those that were kept are said anew.
import { expect, test } from "vitest";
import { settled } from "./hand-clock.ts";
import { outcome } from "./outcome.ts";
import { broken, CLI, ok, rig, scripted, TENANT, workflow } from "./rig.ts";

const gates = workflow([
  { id: "open", wait: { signal: "go" } },
  { id: "work", dependencies: ["open"] },
  { id: "close", wait: { signal: "go" }, dependencies: ["work"] },
]);

test("a retry takes over what a signal has answered, and waits again for what one was only kept for", async () => {
  const provider = scripted(() => (provider.calls.length === 1 ? broken() : ok("done")));
  const r = rig({ providers: [provider] });
  const { run, end } = await r.run(gates);
  await settled();
  await r.request(run, { type: "SendSignal", name: "go", payload: 1 });
  await r.request(run, { type: "SendSignal", name: "go", payload: 2 });
  expect(await end).toEqual({ kind: "ended", status: "failed" });

  const again = await r.engine.retry(run, TENANT, CLI);
  await settled();
  expect(await outcome(r, again.run, "open")).toMatchObject({ result: 1 });
  expect(await r.types(again.run)).not.toContain("SignalReceived");
  expect((await r.types(again.run)).at(-1)).toBe("WaitStarted");
  await r.request(again.run, { type: "SendSignal", name: "go", payload: 3 });
  expect(await again.end).toEqual({ kind: "ended", status: "succeeded" });
  expect(await outcome(r, again.run, "close")).toMatchObject({ result: 3 });
});
