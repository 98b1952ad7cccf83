// init NAME: a small project that runs at once. One that could not run here is refused instead of written.
import { basename, join, resolve } from "node:path";
import { z } from "zod";
import { GleitzeitError, isObject, type JsonObject, parseJson } from "../../../domain/index.ts";
import type { Command, Context } from "../context.ts";
import { EXIT } from "../exit-codes.ts";
import { newFiles } from "../new-files.ts";
import { optionsOf } from "../options.ts";
import { answer } from "../output.ts";
import { DOCUMENT, PROJECT_TYPES, type Project, type ProjectType, projectOf } from "../projects.ts";
import { lines } from "../view/text.ts";

const Options = z.object({
  type: z.enum(PROJECT_TYPES, { error: `must be one of ${PROJECT_TYPES.join(", ")}` }).default("python"),
});

export const init: Command = async ({ args: [name = ""], options: typed }, context) => {
  const { type } = optionsOf(Options, typed);
  if (name === "") throw new GleitzeitError("USAGE_ERROR", "a name for the project is missing");
  const project = projectOf(type, basename(resolve(name)).replaceAll("${", "$").slice(0, 150));
  await refuseWhatCannotRun(type, project, context);
  const files = await newFiles(name, project);
  answer(context, { folder: resolve(name), type, files: [...files] }, () => {
    const made = context.globals.quiet ? "" : files.map((path) => `${lines(path)}\n`).join("");
    return `${made}\ngleitzeit run ${lines(join(name, DOCUMENT))}\n`;
  });
  return EXIT.done;
};

async function refuseWhatCannotRun(type: ProjectType, project: Project, { parts }: Context): Promise<void> {
  try {
    await parts.written(DOCUMENT, await documentIn(project));
  } catch (error) {
    if (!(error instanceof GleitzeitError)) throw error;
    const why = error.problems?.[0]?.message ?? error.message;
    throw new GleitzeitError(
      "PROTOCOL_NOT_FOUND",
      `a project of type ${type} cannot run here: ${why}; nothing was written`,
      { cause: error },
    );
  }
}

async function documentIn(project: Project): Promise<JsonObject> {
  const { parse } = await import("yaml");
  const value = parseJson(JSON.stringify(parse(project[DOCUMENT] ?? "")));
  return isObject(value) ? value : {};
}
