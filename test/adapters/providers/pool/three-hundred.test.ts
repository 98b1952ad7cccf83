// Three servers, one slow, one that dies and comes back, one that is well: 300 tasks of one run, none of which fails.
import type { ServerResponse } from "node:http";
import { expect, test } from "vitest";
import type { JsonObject, Strategy } from "../../../../src/domain/index.ts";
import { rig, workflow } from "../../../engine/rig.ts";
import { canary } from "../../outbound/canary.ts";
import { ollamaProtocol } from "../llm/protocols.ts";
import { fleet } from "./fleet.ts";

const CALLS = 300;
/** From its 21st call on it resets so many connections. */
const HEALTHY = 20;
const RESETS = 6;

const HEARD = { path: "/api/chat", headers: {}, body: {}, model: "llama3.2", text: "" };

const speak = (response: ServerResponse): void => {
  response.setHeader("content-type", ollamaProtocol.contentType);
  response.end(ollamaProtocol.text("ahoy", HEARD) + ollamaProtocol.end(HEARD));
};

/** A server of models that does as told with each question. */
async function server(answer: (count: number, response: ServerResponse) => void) {
  let count = 0;
  const { port, close } = await canary((request, response) => {
    if (request.method === "GET") {
      response.setHeader("content-type", "application/json").end(ollamaProtocol.models(["llama3.2"]));
      return;
    }
    request.resume().on("end", () => {
      count += 1;
      answer(count, response);
    });
  });
  return { url: `http://127.0.0.1:${port}`, close, count: () => count };
}

const CASES: readonly (readonly [Strategy, readonly [number, number, number]])[] = [
  ["round_robin", [1, 1, 1]],
  ["weighted_random", [1, 1, 2]],
];

test.each(CASES)(
  "%s: none fails; the breaker opens and recovers; each gets its share",
  async (strategy, weights) => {
    const held: ServerResponse[] = [];
    const slow = await server((_, response) => void held.push(response));
    const dying = await server((count, response) => {
      if (count > HEALTHY && count <= HEALTHY + RESETS) response.socket?.resetAndDestroy();
      else speak(response);
    });
    const well = await server((_, response) => speak(response));
    const servers = [slow, dying, well];
    const all = await fleet({
      urls: servers.map(({ url }) => url),
      strategy,
      each: weights.map((weight) => ({ weight })),
      breaker: { failureThreshold: 3, recoveryMs: 1000, halfOpenRequests: 1, successThreshold: 2 },
    });
    const engine = rig({
      providers: [all.provider],
      store: all.store,
      clock: all.clock,
      limits: { slots: 12 },
    });
    const ask: JsonObject = {
      id: "ask",
      method: "llm/chat",
      for_each: Array.from({ length: CALLS }, (_, i) => `call ${i}`),
      params: { prompt: "${item}" },
      timeout: 86_400,
    };
    const started = await engine.run(workflow([ask]));
    let isOver = false;
    const end = started.end?.then((how) => {
      isOver = true;
      return how;
    });
    for (let seen = -1; !isOver; ) {
      const heard = servers.reduce((sum, { count }) => sum + count(), 0);
      // Only when the others have nothing left to say does the slow one answer a call, and time pass.
      if (heard === seen) {
        const response = held.shift();
        if (response) speak(response);
        await all.clock.advance(250);
      }
      seen = heard;
      await new Promise<void>((resolve) => setImmediate(resolve));
    }
    expect(await end).toMatchObject({ kind: "ended", status: "succeeded" });

    const events = (await engine.log(started.run)).map(({ event }) => event);
    const succeeded = events.flatMap((event) =>
      event.type === "TaskSucceeded" && event.data.task !== "ask" ? (event.data.instance ?? "") : [],
    );
    const failed = events.flatMap((event) => (event.type === "TaskFailed" ? [event.data] : []));
    expect(succeeded).toHaveLength(CALLS);
    expect(failed).toHaveLength(RESETS);
    for (const data of failed)
      expect(data).toMatchObject({ final: false, instance: "b", error: { code: "CONNECTION_LOST" } });

    const kinds = (await all.events()).filter(({ data }) => data.instance === "b").map(({ type }) => type);
    expect(kinds.slice(0, 2)).toEqual(["InstanceAdded", "BreakerOpened"]);
    expect(kinds.slice(-2)).toEqual(["BreakerHalfOpened", "BreakerClosed"]);

    const [a = 0, b = 0, c = 0] = ["a", "b", "c"].map((id) => succeeded.filter((one) => one === id).length);
    expect(b).toBeGreaterThan(HEALTHY + 2); // it was asked again after it had come back
    const [weightA, , weightC] = weights;
    const meant = ((a + c) * weightA) / (weightA + weightC);
    const chiSquare = (a - meant) ** 2 / meant + (c - (a + c - meant)) ** 2 / (a + c - meant);
    expect(chiSquare).toBeLessThan(6.6); // 1 in 100, with one degree of freedom

    await all.remove();
    await Promise.all(servers.map(({ close }) => close()));
  },
);
