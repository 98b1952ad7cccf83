// `{type: jsonrpc}`: a server that speaks JSON-RPC 2.0, called as it is, or as a provider of a protocol of its own.
import { z } from "zod";
import { Duration } from "./duration.ts";
import { reachKeys, reachProblems, StartTimeout } from "./server-settings.ts";

/** Served by the engine itself, or by every endpoint. */
const TAKEN = ["approval/v1", "workflow/v1", "jsonrpc/v1"];

const Protocol = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,63}\/v[1-9]\d{0,3}$/, { error: "expected a protocol such as `tools/v1`" })
  .refine((protocol) => !TAKEN.includes(protocol), { error: "is not an endpoint's to speak" });

const JsonSchema = z.record(z.string(), z.json());

const Method = z.strictObject({
  description: z.string().min(1).describe("What it does, in a sentence."),
  params: JsonSchema.default({ type: "object" }).describe("JSON Schema of its params."),
  result: JsonSchema.default({}).describe("JSON Schema of its result."),
  examples: z.array(z.record(z.string(), z.json())).default([]).describe("Params that work."),
  calls: z.string().min(1).exactOptional().describe("What the server calls it, where that is another name."),
  version: z.int().min(1).default(1).describe("Raised when the same params give something else."),
  idempotent: z.boolean().default(false).describe("Calling it twice has the same effect as once."),
});

const MethodName = z
  .string()
  .regex(/^[A-Za-z_][\w./-]{0,99}$/, { error: "a name of letters, digits, `_`, `.`, `/` and `-`" });

export const jsonrpcServer = (Address: z.ZodString) =>
  z
    .strictObject({
      type: z.literal("jsonrpc").describe("A server that speaks JSON-RPC 2.0: a program, or an address."),
      protocol: Protocol.exactOptional().describe(
        "What tasks call it by, as `tools/v1`: it speaks the provider protocol (docs/providers/external.md), or `methods` say what it has. Without it there is `jsonrpc/call`.",
      ),
      methods: z
        .record(MethodName, Method)
        .exactOptional()
        .describe("Methods of a server that knows nothing of Gleitzeit; they are called as they are."),
      ...reachKeys(Address, "Where every message is posted to, instead of a program."),
      timeout: Duration.exactOptional().describe("Of one call; the task's own timeout holds too."),
      start_timeout: StartTimeout,
    })
    .superRefine((settings, context) => {
      const say = (key: string, message: string): void =>
        context.addIssue({ code: "custom", message, path: [key] });
      for (const [key, message] of reachProblems(settings)) say(key, message);
      const { methods, protocol } = settings;
      if (methods && protocol === undefined) say("methods", "stands beside `protocol` only");
      if (methods && Object.keys(methods).length === 0) say("methods", "expected at least one method");
    });

export type JsonrpcSettings = z.infer<ReturnType<typeof jsonrpcServer>>;
