// `jsonrpc/call`: the methods of an endpoint, by the names that they have there.
import { z } from "zod";
import {
  type Health,
  type MethodContext,
  type Outcome,
  type Provider,
  providerOf,
} from "../../../engine/ports/index.ts";
import type { Endpoint } from "./endpoint.ts";
import { outcomeOf } from "./outcome.ts";
import { PROOF_OF_LIFE } from "./session.ts";

const HEALTH_MS = 5_000;

/** `all`: names of the endpoints here, to be said where a document asks for another. */
export function jsonrpcProvider(endpoint: Endpoint, all: () => readonly string[]): Provider {
  const { name } = endpoint;
  const Params = z.strictObject({
    endpoint: z
      .literal(name, {
        error: () =>
          `expected one of the endpoints here: ${all()
            .map((one) => `\`${one}\``)
            .join(", ")}`,
      })
      .optional()
      .describe("its name in the configuration; the first one there when left out"),
    method: z.string().min(1).describe("as the endpoint calls it"),
    params: z
      .union([z.record(z.string(), z.json()), z.array(z.json())])
      .optional()
      .describe("by name or by position; none when left out"),
  });
  const answer = ({ method, params }: z.infer<typeof Params>, context: MethodContext): Promise<Outcome> =>
    outcomeOf(name, () =>
      endpoint.ask({ method, ...(params !== undefined && { params }), signal: context.signal }),
    );
  return providerOf({
    protocol: "jsonrpc/v1",
    name,
    methods: {
      call: {
        version: 1,
        description:
          "Calls a method of an HTTP or stdio endpoint of the configuration by JSON-RPC 2.0; its result is the result.",
        params: Params,
        result: z.json(),
        examples: [{ method: "add", params: { a: 1, b: 2 } }],
        answer: (params, context) => answer(Params.parse(params), context),
      },
    },
    health: () => aliveness(endpoint),
    takes: ({ params }) => params.endpoint === name,
    close: endpoint.close,
  });
}

/** Whoever refuses a method that nobody has is there. */
export async function aliveness(endpoint: Endpoint): Promise<Health> {
  const question = { method: PROOF_OF_LIFE, signal: new AbortController().signal };
  try {
    const reply = await endpoint.ask(question, HEALTH_MS);
    if (reply.ok || reply.error.details?.rpcCode !== undefined) return { status: "healthy" };
    return { status: "unhealthy", detail: reply.error.message };
  } catch (error) {
    return unhealthy(error);
  }
}

export const unhealthy = (error: unknown): Health => ({
  status: "unhealthy",
  detail: error instanceof Error ? error.message : String(error),
});
