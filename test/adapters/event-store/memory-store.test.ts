import { expect, test } from "vitest";
import { memoryStore } from "../../../src/adapters/event-store/index.ts";
import { describeEventStore } from "./event-store.contract.ts";
import { blob, bytes, event, runStream } from "./samples.ts";

describeEventStore(
  "memory",
  async (limits) => {
    const store = memoryStore(limits ? { limits } : {});
    return { store, connect: undefined, remove: () => store.close() };
  },
  { outlivesStore: false, canRemove: true, takesInOrder: true, knowsForeignIds: true, pagedEvents: 100_000 },
);

test("a memory store shares no bytes with who writes or reads", async () => {
  const { events, blobs } = memoryStore();
  const [stream, given, content] = [runStream(), event({ data: bytes("data") }), blob(bytes("blob"))];
  await events.append(stream, "none", [given]);
  await blobs.put("main", content);
  given.data.fill(0);
  content.bytes.fill(0);
  const [read] = await events.read(stream, 0, 1);
  expect(read?.data).toEqual(bytes("data"));
  read?.data.fill(0);
  (await blobs.get("main", content.hash))?.fill(0);
  expect((await events.read(stream, 0, 1))[0]?.data).toEqual(bytes("data"));
  expect(await blobs.get("main", content.hash)).toEqual(bytes("blob"));
});
