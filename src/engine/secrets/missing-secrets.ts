// Secrets that are not there, found out before anything runs.
import {
  type Declarations,
  type Definition,
  GleitzeitError,
  type JsonObject,
  namedSecrets,
  type PathProblem,
  type Problem,
  pathText,
} from "../../domain/index.ts";
import type { Secrets } from "../ports/index.ts";

/** Those that the document names itself. */
export async function missingSecrets(
  definition: Definition,
  secrets: () => Promise<Secrets>,
): Promise<readonly PathProblem[]> {
  const named = namedSecrets(definition);
  if (named.length === 0) return [];
  const source = await secrets();
  const missing = await missingOf(new Set(named.map(({ name }) => name)), source);
  return named
    .filter(({ name }) => missing.has(name))
    .map(({ name, path }) => ({
      code: "CONFIGURATION_ERROR",
      message: `there is no secret \`${name}\`: ${source.remedy(name)}`,
      path,
    }));
}

/** Those that a run is given by name. What was given may be the secret itself, by mistake: it is not repeated. */
async function missingInputs(
  declared: Declarations,
  inputs: JsonObject,
  secrets: () => Promise<Secrets>,
): Promise<readonly PathProblem[]> {
  const given = Object.entries(inputs).flatMap(([input, name]) =>
    declared[input]?.secret && typeof name === "string" ? [{ input, name }] : [],
  );
  if (given.length === 0) return [];
  const missing = await missingOf(new Set(given.map(({ name }) => name)), await secrets());
  return given
    .filter(({ name }) => missing.has(name))
    .map(({ input }) => ({
      code: "CONFIGURATION_ERROR",
      message: `input \`${input}\` takes the name of a secret, and there is none of the name that was given`,
      path: ["inputs", input],
    }));
}

async function missingOf(names: ReadonlySet<string>, source: Secrets): Promise<ReadonlySet<string>> {
  const asked = await Promise.all(
    [...names].map(async (name) => ((await source.value(name)) === undefined ? [name] : [])),
  );
  return new Set(asked.flat());
}

type Asked = {
  readonly definition: Definition;
  readonly inputs: JsonObject;
  readonly workflows?: { readonly list: readonly { readonly definition: Definition }[] };
};

/** CONFIGURATION_ERROR with every secret that the run, and those inside it, would miss here. */
export async function checkSecrets(
  { definition, inputs, workflows }: Asked,
  secrets: () => Promise<Secrets>,
): Promise<void> {
  const found = [
    ...(await missingSecrets(definition, secrets)),
    ...(await missingInputs(definition.inputs ?? {}, inputs, secrets)),
  ];
  for (const one of workflows?.list ?? []) found.push(...(await missingSecrets(one.definition, secrets)));
  const [first] = found;
  if (!first) return;
  const problems: readonly Problem[] = found.map(({ path, ...rest }) => ({ ...rest, path: pathText(path) }));
  const more = found.length > 1 ? ` (and ${found.length - 1} more)` : "";
  throw new GleitzeitError("CONFIGURATION_ERROR", `${first.message}${more}`, { problems });
}
