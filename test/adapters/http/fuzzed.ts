// Made-up requests, asked: none brings a 5xx, each is answered, and every refusal is a problem document.
import fc from "fast-check";
import { expect } from "vitest";
import { ProblemDocument } from "../../../src/adapters/http/problem.ts";
import { madeUp } from "./fuzz.ts";
import type { Server } from "./rig.ts";

export async function fuzzed(server: Server, requests: number): Promise<ReadonlyMap<number, number>> {
  const { json, status, text } = await server.ask("GET", "/openapi.json");
  expect(status, text).toBe(200);
  const statuses = new Map<number, number>();
  await fc.assert(
    fc.asyncProperty(madeUp(json), async ({ method, path, body }) => {
      const signal = AbortSignal.timeout(30_000);
      const answer = await server.ask(method, path, { signal, ...(body !== undefined && { body }) });
      statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
      if (!isPromised(path, answer.text))
        expect(answer.status, `${method} ${path} ${JSON.stringify(body)}: ${answer.text}`).toBeLessThan(500);
      if (answer.status < 400) return;
      expect(answer.headers.get("content-type"), `${method} ${path}`).toContain("application/problem+json");
      expect(ProblemDocument.safeParse(answer.json).error, answer.text).toBeUndefined();
    }),
    { numRuns: requests, endOnFailure: true },
  );
  return statuses;
}

/** Who waits for a position that the log never comes to is told so with 503. */
const isPromised = (path: string, text: string): boolean =>
  /[?&]min_position=/.test(path) && text.includes("the log has not come to position");
