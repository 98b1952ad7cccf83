// Before a run servers are asked what they would refuse. One that is mute holds nothing up for long, and is told of.
import { expect, test } from "vitest";
import { preflight } from "../../src/engine/index.ts";
import type { Provider } from "../../src/engine/ports/index.ts";
import { providerRegistry } from "../../src/engine/providers/registry.ts";
import { handClock } from "./hand-clock.ts";
import { scripted, workflow } from "./rig.ts";

const refusal = { code: "METHOD_NOT_SUPPORTED", message: "there is no such tool" } as const;

const speaking = (preflight: Provider["preflight"]): Provider => ({
  ...scripted(),
  ...(preflight && { preflight }),
});

const document = workflow([{ id: "a" }, { id: "b" }, { id: "c", method: "other/do" }]);

test("what is refused by then is refused; a mute server is not waited for, and named once", async () => {
  const clock = handClock();
  const unheard: unknown[] = [];
  const mute = speaking(() => new Promise(() => undefined));
  const quick = { ...speaking(async () => [refusal]), protocol: "other/v1", name: "quick" };
  const around = { clock, unheard: (...said: unknown[]) => unheard.push(said) };
  const ready = preflight(providerRegistry([mute, quick]), document, around);
  const refused = expect(ready).rejects.toMatchObject({
    code: "WORKFLOW_VALIDATION_FAILED",
    message: "tasks[2].method: there is no such tool",
  });
  await clock.advance(4_999);
  expect(unheard).toEqual([]);
  await clock.advance(1);
  await refused;
  expect(unheard).toEqual([["scripted", 5_000]]);
});

test("who answers at once holds nothing up, and leaves no timer behind", async () => {
  const clock = handClock();
  const around = { clock, unheard: () => expect.unreachable() };
  await preflight(providerRegistry([speaking(async () => [])]), workflow([{ id: "a" }]), around);
  expect(clock.waiting()).toBe(0);
});
