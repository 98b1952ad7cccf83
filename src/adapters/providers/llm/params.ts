// The params of `llm/v1`: what may be asked, and how it may be written.
import { z } from "zod";

const Path = z.string().min(1).max(4096);
export const Members = z.record(z.string(), z.json());
const Base64 = z.string().min(1).describe("base64, or a data: URL");

const Call = z.union([
  z.strictObject({ id: z.string().optional(), name: z.string(), arguments: Members }),
  z.strictObject({
    id: z.string().optional(),
    type: z.literal("function").optional(),
    function: z.strictObject({ name: z.string(), arguments: z.union([Members, z.string()]) }),
  }),
]);

const Part = z.union([
  z.strictObject({ type: z.literal("text"), text: z.string() }),
  z.strictObject({ type: z.literal("image_url"), image_url: z.strictObject({ url: z.string() }) }),
]);

const Message = z.strictObject({
  role: z.enum(["system", "user", "assistant", "tool"]),
  content: z.union([z.string(), z.array(Part)]).default(""),
  images: z.array(Base64).default([]),
  tool_calls: z.array(Call).default([]),
  tool_call_id: z.string().optional().describe("with the role `tool`: the call that this answers"),
  name: z.string().optional(),
});

const Tool = z.union([
  z.strictObject({
    name: z.string().min(1),
    description: z.string().optional(),
    parameters: Members.default({}),
  }),
  z.strictObject({
    type: z.literal("function"),
    function: z.strictObject({
      name: z.string().min(1),
      description: z.string().optional(),
      parameters: Members.default({}),
    }),
  }),
]);

const model = z.string().min(1).max(500).optional().describe("the provider's `default_model` when left out");
const options = Members.default({}).describe("the server's own, handed on as they are");

const sampling = {
  model,
  temperature: z.number().min(0).max(5).optional(),
  top_p: z.number().min(0).max(1).optional(),
  max_tokens: z.int().min(1).optional().describe("of the answer"),
  stop: z.union([z.string().min(1), z.array(z.string().min(1)).max(16)]).optional(),
  seed: z.int().optional(),
  response_format: z
    .union([z.literal("json"), Members])
    .optional()
    .describe("a JSON schema that the answer is held to, or `json` for any"),
  options,
};

const files = {
  file_path: Path.optional().describe("a text, put behind the last message of the user"),
  files: z
    .union([Path, z.array(Path).max(100)])
    .optional()
    .describe("several"),
  image_path: Path.optional().describe("png, jpeg, gif, webp or bmp"),
  image_paths: z.array(Path).max(100).optional(),
  images: z.array(Base64).max(100).optional(),
};

const messages = z.array(Message).min(1).optional().describe("{role, content}: instead of a `prompt`");
const prompt = z.string().optional().describe("what is asked; short for one message");
const system = z.string().optional().describe("how to answer, before everything else");

type Worded = { readonly messages?: unknown; readonly prompt?: unknown };
type Pictured = { readonly [key in "image_path" | "image_paths" | "images"]?: unknown } & {
  readonly messages?: readonly z.output<typeof Message>[] | undefined;
};

const oneOfBoth = ({ messages: listed, prompt: short }: Worded): boolean =>
  (listed === undefined) !== (short === undefined);
const BOTH = { error: "exactly one of `prompt` and `messages` is needed", path: ["prompt"] };

const hasPicture = ({ image_path, image_paths, images, messages: listed }: Pictured): boolean =>
  [image_path, image_paths, images].some((given) => given !== undefined) ||
  (listed ?? []).some(
    ({ images: own, content }) =>
      own.length > 0 || (typeof content !== "string" && content.some(({ type }) => type === "image_url")),
  );

export const ChatParams = z
  .strictObject({
    messages,
    prompt,
    system,
    ...sampling,
    tools: z
      .array(Tool)
      .max(128)
      .optional()
      .describe("{name, description, parameters}: what the model may call"),
    ...files,
  })
  .refine(oneOfBoth, BOTH);

export const CompleteParams = z.strictObject({ prompt: z.string(), system, ...sampling, ...files });

export const VisionParams = z
  .strictObject({ messages, prompt, system, ...sampling, ...files })
  .refine(oneOfBoth, BOTH)
  .refine(hasPicture, {
    error: "a picture is needed: `image_path`, `image_paths` or `images`",
    path: ["image_path"],
  });

const Texts = z.union([z.string().min(1), z.array(z.string().min(1)).min(1).max(2048)]);

export const EmbedParams = z
  .strictObject({
    text: Texts.optional(),
    input: Texts.optional().describe("another name of `text`"),
    model,
    options,
  })
  .refine(({ text, input }) => (text === undefined) !== (input === undefined), {
    error: "exactly one of `text` and `input` is needed",
    path: ["text"],
  });

export const ListParams = z.strictObject({});

export type ChatParams = z.output<typeof ChatParams>;
export type EmbedParams = z.output<typeof EmbedParams>;
export type WrittenMessage = z.output<typeof Message>;
export type WrittenCall = z.output<typeof Call>;
export type WrittenTool = z.output<typeof Tool>;
