// batch DIRECTORY: one task for each file, without writing a document for it.
import { basename, extname, join, resolve } from "node:path";
import { z } from "zod";
import { GleitzeitError, type JsonObject } from "../../../domain/index.ts";
import { batchTextOf } from "../batch-export.ts";
import type { Command, Context } from "../context.ts";
import { ObjectOption, optionsOf } from "../options.ts";
import { plainJson } from "../plain-json.ts";
import { submitted } from "../submitted.ts";

const Options = z.object({
  pattern: z.string().min(1, "must not be empty").default("*"),
  prompt: z.string().optional(),
  model: z.string().min(1, "must not be empty").optional(),
  vision: z.boolean().default(false),
  method: z.string().min(1, "must not be empty").optional(),
  params: ObjectOption.default({}),
  output: z.string().min(1, "must not be empty").optional(),
  reason: z.string().optional(),
  watch: z.boolean().default(false),
});
type Wanted = z.infer<typeof Options>;

export const batch: Command = async ({ args: [directory = ""], options: typed }, context) => {
  const options = optionsOf(Options, typed);
  const { output, reason, watch } = options;
  const saved = output === undefined ? undefined : batchTextOf(extname(output));
  const folder = resolve(directory);
  const document = {
    name: nameOf(folder),
    type: "batch",
    batch: { directory: ".", pattern: options.pattern },
    template: await templateOf(options, context),
  };
  const path = join(folder, "batch.json");
  return submitted(
    { path, document, reason, watch, ...(output !== undefined && { output }), ...(saved && { saved }) },
    context,
  );
};

/** A name is a literal of at most 200 characters. */
const nameOf = (folder: string): string =>
  `batch of ${(basename(folder) || "/").replaceAll("${", "$").slice(0, 150)}`;

async function templateOf(
  { method: given, vision, prompt, model, params }: Wanted,
  { parts }: Context,
): Promise<JsonObject> {
  if (vision && given !== undefined) {
    throw new GleitzeitError(
      "USAGE_ERROR",
      "--vision and --method both say what is called; give one of them",
    );
  }
  const method = given ?? (vision ? "llm/vision" : "llm/chat");
  const { protocols, remedies } = await parts.providers();
  if (method.startsWith("llm/") && !protocols.includes("llm/v1")) {
    throw new GleitzeitError(
      "PROTOCOL_NOT_FOUND",
      `${method} needs a model: ${remedies.get("llm/v1") ?? "no provider speaks llm/v1 here"}; \`--method python/execute --params …\` works without one`,
    );
  }
  if (method.startsWith("llm/") && prompt === undefined) {
    throw new GleitzeitError("USAGE_ERROR", `--prompt is missing: what ${method} is asked about each file`);
  }
  const plain = plainJson({
    ...params,
    ...(prompt !== undefined && { prompt }),
    ...(model !== undefined && { model }),
  });
  return { method, params: plain };
}
