// Gives back what it is given: for examples, tests and measurements. Any method name will do.
import { z } from "zod";
import { errorInfo, errorInfoOf, type JsonObject } from "../../../domain/index.ts";
import type { Method, Outcome, Provider } from "../../../engine/ports/index.ts";

const echo: Method = {
  version: 1,
  description:
    "Returns its params, and as `response` the message, or null without one. A param named `response` is kept as given.",
  params: z.looseObject({ message: z.unknown().optional() }),
  result: z.looseObject({ response: z.unknown() }),
  examples: [{ message: "hello" }, { message: "4 seats", seats: 4 }],
  idempotent: true,
};

export function echoProvider(): Provider {
  let closed = false;
  return {
    protocol: "echo/v1",
    name: "echo",
    methods: { "*": echo },
    execute: async ({ params }, { signal }) => {
      if (signal.aborted) return { ok: false, error: errorInfoOf(signal.reason, "TASK_CANCELLED") };
      if (closed) return { ok: false, error: errorInfo("SYSTEM_SHUTDOWN", "the echo provider is closed") };
      return answer(params);
    },
    health: async () => ({ status: closed ? "unhealthy" : "healthy" }),
    close: async () => {
      closed = true;
    },
  };
}

const answer = (params: JsonObject): Outcome => ({
  ok: true,
  result: { response: params.message ?? null, ...params },
});
