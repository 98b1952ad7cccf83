import { describe, expect, test } from "vitest";
import { StreamName } from "../../../../src/domain/index.ts";
import type { LogTraits, Subject } from "../event-store.contract.ts";
import { bytes, event, events, idsOf, runStream } from "../samples.ts";

export function describeReads({ store }: Subject, { pagedEvents }: LogTraits): void {
  describe("read", () => {
    test("everything that was written comes back: ids, types, versions, instants, unicode", async () => {
      const stream = runStream("tenant_2");
      const text = 'Grüße 🧭 漢字 \u0000 \u2028 "\\" e\u0301';
      const given = event({
        type: "SignalReceived",
        schemaVersion: 7,
        recordedAt: "1999-12-31T23:59:59.999Z",
        data: bytes(JSON.stringify({ text })),
      });
      const { position } = await store().events.append(stream, "none", [given]);
      expect(await store().events.read(stream, 0, 10)).toEqual([{ ...given, stream, revision: 0, position }]);
      const all = await store().events.readAll("start", 10);
      expect(all.events).toEqual([{ ...given, stream, revision: 0, position }]);
    });

    test("from a revision on, at most so many; an unknown stream is empty", async () => {
      const stream = runStream();
      const given = events(10);
      await store().events.append(stream, "none", given);
      await store().events.append(runStream(), "none", events(5));
      expect(idsOf(await store().events.read(stream, 3, 4))).toEqual(idsOf(given.slice(3, 7)));
      expect(idsOf(await store().events.read(stream, 8, 100))).toEqual(idsOf(given.slice(8)));
      expect(await store().events.read(stream, 10, 10)).toEqual([]);
      expect(await store().events.read(runStream(), 0, 10)).toEqual([]);
    });

    test("readMany: just these revisions in the order given, what is missing left out", async () => {
      const stream = runStream();
      const given = events(6);
      await store().events.append(stream, "none", given);
      const some = await store().events.readMany(stream, [5, 0, 99, 3, 3]);
      expect(some.map(({ revision }) => revision)).toEqual([5, 0, 3, 3]);
      expect(some[0]).toMatchObject({ id: given[5]?.id, stream });
      expect(await store().events.readMany(stream, [])).toEqual([]);
      expect(await store().events.readMany(runStream(), [0])).toEqual([]);
    });

    test("readAll: pages in the order of appending; next leads on, atHead tells the end", async () => {
      const given = events(25);
      for (const one of given) await store().events.append(runStream(), "none", [one]);
      const first = await store().events.readAll("start", 10);
      const second = await store().events.readAll(first.next, 10);
      const third = await store().events.readAll(second.next, 10);
      expect([first, second, third].map(({ atHead }) => atHead)).toEqual([false, false, true]);
      expect([...first.events, ...second.events, ...third.events].map(({ id }) => id)).toEqual(idsOf(given));
      expect(third.next).toBe(await store().events.head());
      expect(await store().events.readAll(third.next, 10)).toEqual({
        events: [],
        next: third.next,
        atHead: true,
      });
    });

    test("readAll: a page that ends just at the last event is at the head", async () => {
      await store().events.append(runStream(), "none", events(10));
      expect(await store().events.readAll("start", 10)).toMatchObject({ atHead: true });
      expect(await store().events.readAll("start", 9)).toMatchObject({ atHead: false });
    });

    test("readAll: a position beyond the head is the head of an empty rest", async () => {
      const { position } = await store().events.append(runStream(), "none", events(1));
      for (const beyond of [position + 1n, position + 10n ** 15n, 10n ** 30n]) {
        expect(await store().events.readAll(beyond, 10)).toEqual({ events: [], next: beyond, atHead: true });
      }
    });

    test("readAll: a filter lets streams through by the beginning of their name", async () => {
      const mine = runStream("acme");
      const streams = [mine, runStream("acme2"), runStream("main"), StreamName.parse("audit"), mine];
      for (const stream of streams) {
        const at = (await store().events.read(stream, 0, 10)).length;
        await store().events.append(stream, at === 0 ? "none" : at - 1, events(1));
      }
      const through = async (filter: string) =>
        (await store().events.readAll("start", 10, filter)).events.map(({ stream }) => stream);
      expect(await through("run-acme.")).toEqual([mine, mine]);
      expect(await through("run-acme")).toEqual([mine, streams[1], mine]);
      expect(await through("run-")).toHaveLength(4);
      expect(await through("")).toHaveLength(5);
      expect(await through("audit")).toEqual(["audit"]);
      expect(await through("Audit")).toEqual([]);
      expect(await through("schedule-")).toEqual([]);
      expect(await through("run-%")).toEqual([]);
      expect(await through("run_")).toEqual([]);
    });

    test("readAll: what a filter keeps back moves next on, and the head is reached", async () => {
      const mine = runStream("acme");
      for (let i = 0; i < 40; i += 1) await store().events.append(runStream("other"), "none", events(100));
      await store().events.append(mine, "none", events(3));
      const seen = [];
      let page = await store().events.readAll("start", 2, "run-acme.");
      for (let turns = 0; ; turns += 1) {
        expect(page.events.length).toBeLessThanOrEqual(2);
        seen.push(...page.events);
        if (page.atHead) break;
        expect(turns).toBeLessThan(4003);
        const { next } = page;
        page = await store().events.readAll(next, 2, "run-acme.");
        expect(page.next).not.toBe(next);
      }
      expect(seen.map(({ revision }) => revision)).toEqual([0, 1, 2]);
      expect(page.next).toBe(await store().events.head());
    });

    test("an empty log: no head, nothing to read", async () => {
      expect(await store().events.head()).toBe("start");
      expect(await store().events.readAll("start", 10)).toEqual({ events: [], next: "start", atHead: true });
    });

    test(`${pagedEvents} events, page by page: each once, in order`, async () => {
      const stream = runStream();
      const appends = [];
      for (let at = 0; at < pagedEvents; at += 500) {
        appends.push(store().events.append(stream, at === 0 ? "none" : at - 1, events(500)));
      }
      await Promise.all(appends);
      let expected = 0;
      let last = 0n;
      for (let page = await store().events.readAll("start", 1_000); ; ) {
        for (const { revision, position } of page.events) {
          if (revision !== expected || position <= last) expect.unreachable(`${revision} at ${position}`);
          [expected, last] = [expected + 1, position];
        }
        if (page.atHead) break;
        page = await store().events.readAll(page.next, 1_000);
      }
      expect(expected).toBe(pagedEvents);
      expect(await store().events.head()).toBe(last);
    });
  });
}
