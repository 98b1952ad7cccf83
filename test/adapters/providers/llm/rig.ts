// The provider before a fake server of its protocol.
import { systemClock } from "../../../../src/adapters/host/index.ts";
import { outbound } from "../../../../src/adapters/outbound/index.ts";
import { type LlmOptions, llmProvider } from "../../../../src/adapters/providers/llm/index.ts";
import { isObject, type JsonObject } from "../../../../src/domain/index.ts";
import { confidence, discreet } from "../../../../src/engine/index.ts";
import type { CallContext, Outcome, Provider } from "../../../../src/engine/ports/index.ts";
import { callContext } from "../call-context.ts";
import { resultOf } from "../outcomes.ts";
import { type FakeModels, fakeModels, type Waiting } from "./fake-models.ts";
import type { Protocol } from "./protocols.ts";

const MOST_BYTES = 1_000_000;
export const KEY = "sk-canary-0123456789";

export type LlmRig = {
  readonly provider: Provider;
  readonly server: FakeModels;
  readonly ask: (method: string, params: JsonObject, given?: Partial<CallContext>) => Promise<Outcome>;
  readonly remove: () => Promise<void>;
};

export async function llmRig(
  protocol: Protocol,
  options: Partial<LlmOptions> = {},
  models?: readonly string[],
): Promise<LlmRig> {
  const server = await fakeModels(protocol, models);
  const client = outbound({});
  const told = confidence();
  const model = llmProvider({
    name: "local",
    type: protocol.type,
    url: server.url,
    apiKey: { variable: "MODEL_KEY", read: async () => told.tell(KEY) },
    defaultModel: "llama3.2",
    models: [],
    prices: {},
    outbound: client,
    clock: systemClock(),
    mostBytes: MOST_BYTES,
    ...options,
  });
  const provider = discreet(model, told);
  return {
    provider,
    server,
    ask: (method, params, given) => provider.execute({ method, params }, callContext(given)),
    remove: async () => {
      await provider.close();
      await client.close();
      await server.close();
    },
  };
}

/** The server's end of the connection is gone; that it was cut off is what was wanted. */
export async function closed({ request: { socket } }: Waiting): Promise<void> {
  if (!socket.destroyed) await new Promise<void>((resolve) => socket.once("close", () => resolve()));
}

export function resultObject(outcome: Outcome): JsonObject {
  const result = resultOf(outcome);
  return isObject(result) ? result : {};
}

/** One point, transparent. */
export const PNG =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII=";
