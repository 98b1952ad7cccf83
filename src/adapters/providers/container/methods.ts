// What `container/v1` offers: validation, the published list and the docs come from these schemas.
import { z } from "zod";
import { type JsonObject, ScriptExecution } from "../../../domain/index.ts";
import { type FileNeeds, type Method, scriptFiles } from "../../../engine/ports/index.ts";

const Image = z
  .string()
  .regex(/^[a-z0-9][\w./:@-]{0,400}$/, { error: "expected the name of an image such as `busybox:1.36`" });

const Path = z
  .string()
  .max(1000)
  .refine((path) => path !== "" && !/[\0\n\\]/.test(path) && path.split("/").every(isStep), {
    error: "expected a path below the container's working folder, without `..`",
  });

function isStep(step: string): boolean {
  return step !== "" && step !== "." && step !== "..";
}

const Command = z.union([z.array(z.string()).min(1).max(1000), z.string().min(1)], {
  error: "expected a list of words, or a line for the image's shell",
});

/** `images`: those that may be named; any when left out. */
const runParams = (usual: string, images: readonly string[] | undefined) =>
  z
    .strictObject({
      image: Image.refine((image) => images === undefined || image === usual || images.includes(image), {
        error: `the configuration allows ${[usual, ...(images ?? [])].join(", ")} and no other image`,
      })
        .describe("the image; it must be there, nothing is pulled")
        .default(usual),
      command: Command.optional().describe(
        "words, never through a shell; a text is a line for the image's own `sh`; the image's command when left out",
      ),
      stdin: z.string().default("").describe("what it reads from its standard input"),
      files: ScriptExecution.files.describe("globs of files it finds in its working folder"),
      collect: z
        .array(Path)
        .max(1000)
        .default([])
        .describe("files and folders to bring back when it ends well"),
      timeout: ScriptExecution.timeout,
    })
    .refine(({ command, files, collect }) => command !== undefined || files.length + collect.length === 0, {
      error: "is needed where there are `files` or `collect`",
      path: ["command"],
    });

export type RunParams = z.output<ReturnType<typeof runParams>>;

const CollectedFile = z.strictObject({
  size: z.int(),
  text: z.string().optional(),
  base64: z.string().optional().describe("of bytes that are no text"),
});

const RunResult = z.strictObject({
  result: z.json().describe("the last line of its output that is JSON, else the last line"),
  output: z.string().describe("stdout"),
  stderr: z.string(),
  exit_code: z.literal(0),
  success: z.literal(true),
  execution_time: z.number().nonnegative().describe("seconds"),
  image: z.string().describe("the image's name and the digest that it stood for"),
  files: z.record(z.string(), CollectedFile).optional().describe("what was collected, by path"),
  output_truncated: z.literal(true).optional(),
});

export const containerMethods = (usual: string, images: readonly string[] | undefined) => {
  const params = runParams(usual, images);
  const run = {
    version: 1,
    description: "Runs a program in a hardened container: no network, nothing to write but memory.",
    params,
    result: RunResult,
    examples: [{ command: ["echo", "hello"] }, { command: "wc -w", stdin: "how many words are these" }],
    files: ({ files }: JsonObject): FileNeeds => scriptFiles({ ...(files !== undefined && { files }) }),
  } as const satisfies Method;
  return { methods: { run }, params };
};
