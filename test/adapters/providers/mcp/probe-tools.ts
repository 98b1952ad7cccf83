// Tools beside the built-in ones that do what those never do: take for ever, fail, and answer wrongly.
import { z } from "zod";
import { builtinTools } from "../../../../src/adapters/providers/mcp/builtin-tools.ts";
import { mcpProvider, type Tools, tool } from "../../../../src/adapters/providers/mcp/index.ts";
import { GleitzeitError } from "../../../../src/domain/index.ts";
import type { Provider } from "../../../../src/engine/ports/index.ts";
import type { Slow } from "../samples.ts";

const anything = z.looseObject({});

function signpost(): { readonly reached: Promise<void>; readonly reach: () => void } {
  let reach = (): void => undefined;
  const reached = new Promise<void>((resolve) => {
    reach = resolve;
  });
  return { reached, reach };
}

export function probed(): {
  readonly provider: Provider;
  readonly slow: Slow;
  readonly keys: readonly unknown[];
} {
  const begun = signpost();
  const gone = signpost();
  const keys: unknown[] = [];
  const tools: Tools = {
    ...builtinTools,
    hold: tool({
      description: "Ends only when told to.",
      input: z.strictObject({}),
      output: anything,
      examples: [{}],
      run: (_, { signal }) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener("abort", () => {
            gone.reach();
            reject(new Error("stopped"));
          });
          begun.reach();
        }),
    }),
    crash: tool({
      description: "Throws.",
      input: z.strictObject({ code: z.literal("RATE_LIMIT_EXCEEDED").optional() }),
      output: anything,
      examples: [{}],
      run: ({ code }) => {
        throw code === undefined ? new TypeError("the tool broke") : new GleitzeitError(code, "slow down");
      },
    }),
    lie: tool({
      description: "Answers against its own schema.",
      input: z.strictObject({}),
      output: z.strictObject({ truth: z.boolean() }),
      examples: [{}],
      run: () => ({ truth: "maybe" }),
    }),
    note: tool({
      description: "Keeps the idempotency key it was called with.",
      input: z.strictObject({}),
      output: anything,
      examples: [{}],
      run: (_, { idempotencyKey }) => {
        keys.push(idempotencyKey);
        return {};
      },
    }),
  };
  const slow: Slow = {
    call: { method: "tool.hold", params: {} },
    begun: () => begun.reached,
    gone: () => gone.reached,
  };
  return { provider: mcpProvider({ version: "0.1.0", tools }), slow, keys };
}
