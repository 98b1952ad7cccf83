// A tool of the built-in server: one definition gives validation, the published list, the docs and the server itself.
import type { z } from "zod";
import type { JsonObject } from "../../../domain/index.ts";

export type ToolCall = { readonly signal: AbortSignal; readonly idempotencyKey?: string };

/** Throws what went wrong; a GleitzeitError keeps its code. */
type Run<Args> = (args: Args, call: ToolCall) => JsonObject | Promise<JsonObject>;

type Definition<Input extends z.ZodObject> = {
  readonly description: string;
  readonly input: Input;
  readonly output: z.ZodObject;
  readonly examples: readonly JsonObject[];
  readonly run: Run<z.infer<Input>>;
};

export type Tool = Omit<Definition<z.ZodObject>, "run"> & { readonly run: Run<unknown> };
export type Tools = Readonly<Record<string, Tool>>;

export const tool = <Input extends z.ZodObject>(definition: Definition<Input>): Tool => ({
  ...definition,
  run: (args, call) => definition.run(definition.input.parse(args), call),
});
