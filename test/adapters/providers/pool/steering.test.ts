// Calls that say the same of themselves go to the same instance: while it can take them, or always.
import { afterEach, expect, test } from "vitest";
import { settled } from "../../../engine/hand-clock.ts";
import { type Fleet, type FleetOptions, fleet } from "./fleet.ts";

let opened: Fleet | undefined;
const open = async (options: FleetOptions): Promise<Fleet> => {
  opened = await fleet(options);
  return opened;
};
afterEach(async () => {
  await opened?.remove();
  opened = undefined;
});

test("the same affinity goes to the same instance while it can take it", async () => {
  const all = await open({ strategy: "round_robin", each: [{ maxConcurrent: 1 }] });
  const ask = (affinity: string, model = "llama3.2") => all.ask({ steer: { affinity } }, { model });
  expect((await ask("tides")).instance).toBe("a");
  expect((await ask("boats")).instance).toBe("b");
  expect((await ask("tides")).instance).toBe("a");
  expect((await ask("tides")).instance).toBe("a");
  const held = ask("tides", "drip");
  const waiting = await all.servers[0]?.waiting();
  const elsewhere = await ask("tides");
  expect(elsewhere.instance).not.toBe("a");
  waiting?.end();
  expect((await held).instance).toBe("a");
});

test("the same key goes to the same instance, and waits for it", async () => {
  const all = await open({ each: [{ maxConcurrent: 1 }, { maxConcurrent: 1 }, { maxConcurrent: 1 }] });
  const ask = (hashKey: string, model = "llama3.2") => all.ask({ steer: { hashKey } }, { model });
  const { instance = "" } = await ask("customer 7");
  const place = ["a", "b", "c"].indexOf(instance);
  const held = ask("customer 7", "drip");
  const waiting = await all.servers[place]?.waiting();
  const next = ask("customer 7");
  await settled();
  expect((await all.ask()).instance).not.toBe(instance); // nobody else waits for it
  expect(all.heard()[place]).toBe(2);
  waiting?.end();
  expect((await held).ok).toBe(true);
  expect((await next).instance).toBe(instance);
});

test("with `hash`, a call without a key stays where its run is", async () => {
  const all = await open({ strategy: "hash" });
  const places = new Set<string | undefined>();
  for (let i = 0; i < 5; i += 1) places.add((await all.ask()).instance);
  expect(places.size).toBe(1);
});
