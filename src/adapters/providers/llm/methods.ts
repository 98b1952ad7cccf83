// What `llm/v1` offers: validation, the published list and the docs come from these schemas.
import { z } from "zod";
import type { Json, JsonObject } from "../../../domain/index.ts";
import type { FileNeeds, Method } from "../../../engine/ports/index.ts";
import { ChatParams, CompleteParams, EmbedParams, ListParams, Members, VisionParams } from "./params.ts";

const Spoken = {
  response: z.string(),
  content: z.string().describe("the same"),
  model: z.string(),
  provider_id: z.string(),
  finish_reason: z.string().describe("`stop`, `length`, `tool_calls` … as the server says"),
  total_duration: z.number().describe("seconds"),
  prompt_tokens: z.int().optional(),
  completion_tokens: z.int().optional(),
  tokens_used: z.int().optional().describe("both, where the server counts"),
  thinking: z.string().optional(),
  parsed: z.json().optional().describe("with `response_format`: the answer as a value"),
};

const ChatResult = z.strictObject({
  ...Spoken,
  role: z.literal("assistant"),
  tool_calls: z.array(z.strictObject({ id: z.string(), name: z.string(), arguments: Members })).optional(),
});

const Vector = z.array(z.number()).min(1);

/** What a call wants to see of the files. */
const needs = ({ file_path, files: more, image_path, image_paths }: JsonObject): FileNeeds => ({
  required: [file_path, more, image_path, image_paths].flatMap(texts),
  mentioned: [],
  globs: [],
  modulesOf: [],
});

const texts = (value: Json | undefined): readonly string[] =>
  (Array.isArray(value) ? value : [value]).filter((one) => typeof one === "string");

export const chat = {
  version: 1,
  description:
    "Asks a model, in words, with texts, pictures and tools; the answer is held to a JSON schema where one is given.",
  params: ChatParams,
  result: ChatResult,
  examples: [
    { prompt: "Which boats lie in the harbour?", model: "llama3.2" },
    {
      messages: [{ role: "user", content: "How high is the tide?" }],
      system: "Answer in one word.",
      temperature: 0,
    },
  ],
  streams: true,
  files: needs,
} satisfies Method;

export const complete = {
  version: 1,
  description: "Goes on with a text.",
  params: CompleteParams,
  result: z.strictObject({ ...Spoken, text: z.string().describe("the same once more") }),
  examples: [{ prompt: "Once upon a tide", max_tokens: 40 }],
  streams: true,
  files: needs,
} satisfies Method;

export const vision = {
  version: 1,
  description: "Asks a model about pictures.",
  params: VisionParams,
  result: ChatResult,
  examples: [
    {
      prompt: "What is this?",
      images: [
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII=",
      ],
    },
  ],
  streams: true,
  files: needs,
} satisfies Method;

export const embed = {
  version: 1,
  description: "Vectors of texts: texts that mean the same lie close together.",
  params: EmbedParams,
  result: z.strictObject({
    embedding: Vector.describe("of the first text"),
    embeddings: z.array(Vector).describe("of each, in order"),
    model: z.string(),
    dimensions: z.int(),
  }),
  examples: [{ text: "ebb and flow", model: "nomic-embed-text" }, { input: ["ebb", "flow"] }],
  idempotent: true,
} satisfies Method;

export const listModels = {
  version: 1,
  description: "The models that there are to ask.",
  params: ListParams,
  result: z.strictObject({
    models: z.array(z.strictObject({ name: z.string(), instances: z.array(z.string()) })),
  }),
  examples: [{}],
  idempotent: true,
} satisfies Method;

/** By name, as every kind of server has them. */
export const llmMethods: Readonly<Record<string, Method>> = {
  chat,
  complete,
  generate: complete,
  vision,
  embed,
  embeddings: embed,
  list_models: listModels,
};
