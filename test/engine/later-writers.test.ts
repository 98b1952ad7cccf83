// A log that a later version has written to: what it added is shown, not dropped.
import { expect, test } from "vitest";
import { memoryStore } from "../../src/adapters/event-store/index.ts";
import { StreamName } from "../../src/domain/index.ts";
import { eventsOf } from "../../src/engine/log/history.ts";
import { settled } from "./hand-clock.ts";
import { ok, rig, scripted, TENANT, workflow } from "./rig.ts";

const utf8 = { encoder: new TextEncoder(), decoder: new TextDecoder() };

/** The same bytes with one more field, as JCS would have them for names that sort last. */
const withMore = (bytes: Uint8Array, more: string): Uint8Array =>
  utf8.encoder.encode(`${utf8.decoder.decode(bytes).slice(0, -1)},${more}}`);

test("fields that this version does not know stay in metadata and data", async () => {
  const { run, store } = rig({ providers: [scripted(() => ok(1))] });
  const { run: id, end } = await run(workflow([{ id: "a" }]));
  await end;
  await settled();
  const stream = StreamName.parse(`run-${TENANT}.${id}`);
  const copy = memoryStore();
  const events = (await store.events.read(stream, 0, 100)).map((event) => ({
    ...event,
    metadata: withMore(event.metadata, '"zone":"eu"'),
    data: withMore(event.data, '"zoom":3'),
  }));
  await copy.events.append(stream, "none", events);
  let seen = 0;
  for await (const { metadata, event } of eventsOf(copy.events, id, TENANT)) {
    expect(metadata).toHaveProperty("zone", "eu");
    expect(event.data).toHaveProperty("zoom", 3);
    seen += 1;
  }
  expect(seen).toBe(5);
});
