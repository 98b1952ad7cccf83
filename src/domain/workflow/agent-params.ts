// The params that are the agent's own; all others are those of `llm/chat`, and go to the model with every turn.
import { z } from "zod";
import type { JsonObject } from "../json.ts";
import { Retry } from "./document.ts";
import { duration } from "./leaves.ts";

const MOST_TOOLS = 128;
const DEFAULT_MAX_STEPS = 20;

/** Stands in events as it is, so it is never taken from values. */
const literal = (most: number) =>
  z
    .string()
    .min(1)
    .max(most)
    .refine((text) => !text.includes("${"), { error: "is taken as it stands: no `${…}` here" });

const ToolName = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, { error: "letters, digits, - and _, 64 at most" });

const Tool = z.union([
  literal(200),
  z.strictObject({
    method: literal(200),
    protocol: literal(200).optional(),
    name: ToolName.optional().describe("by which the model calls it; made from the method when left out"),
    description: z.string().optional().describe("what the model is told; the method's own when left out"),
    params: z
      .record(z.string(), z.json())
      .optional()
      .describe("given with every call; the model neither sees nor changes them"),
    provider: literal(200).optional(),
    retry: Retry.optional().describe("the agent's own when left out"),
    timeout: duration({ above: 0, mostSeconds: 86_400 }).optional().describe("the agent's own when left out"),
    on_failure: z
      .enum(["continue", "fail"])
      .optional()
      .describe("`continue`, the default, tells the model; `fail` ends the agent"),
  }),
]);

const Names = z.array(literal(200)).readonly();

const Approve = z.union([
  z.boolean(),
  Names,
  z.strictObject({
    tools: Names.optional().describe("all of them when left out"),
    approvers: z.json().exactOptional(),
    not_by: z.json().exactOptional(),
    min: z.int().min(1).max(1000).optional(),
    timeout: duration({ above: 0 }).optional(),
    on_timeout: z.enum(["fail", "approve", "reject"]).optional(),
  }),
]);

const plan = {
  tools: z
    .array(Tool)
    .max(MOST_TOOLS)
    .readonly()
    .default([])
    .describe("methods that the model may call: `mcp/tool.add`, or {method, name, description, params …}"),
  approve: Approve.default([]).describe("tools that need a person, by name or method; true for all"),
};

const budgets = {
  max_steps: z.int().min(1).max(1000).default(DEFAULT_MAX_STEPS).describe("turns of the model, at most"),
  max_total_tokens: z.int().min(1).optional().describe("of all turns, in and out"),
  max_cost: z.number().positive().optional().describe("of all turns, in the currency of the prices"),
};

/** What compiling a document needs of them. */
export const AgentPlan = z.looseObject(plan);
export type AgentPlan = z.output<typeof AgentPlan>;
export type WrittenTool = z.output<typeof Tool>;

export const AgentParams = z.looseObject({ ...plan, ...budgets });

export const AgentBudgets = z.object(budgets);
export type AgentBudgets = z.output<typeof AgentBudgets>;

const Called = z.strictObject({
  tool: z.string(),
  task: z.string().exactOptional().describe("the task that was the call; none where nothing was called"),
  status: z.enum(["succeeded", "failed", "rejected", "refused"]),
  code: z.string().exactOptional().describe("of the error that the model was told"),
});

/** As of `llm/chat`, its last turn; tokens are those of all turns. */
export const AgentResult = z.looseObject({
  response: z.string(),
  content: z.string(),
  steps: z.array(z.strictObject({ task: z.string(), calls: z.array(Called) })),
});
export type AgentCalled = z.output<typeof Called>;

const OWN: ReadonlySet<string> = new Set([...Object.keys(plan), ...Object.keys(budgets)]);

/** What is left for `llm/chat`. */
export const chatParams = (params: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(params).filter(([key]) => !OWN.has(key)));
