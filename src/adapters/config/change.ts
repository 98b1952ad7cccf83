// One setting changed in the text of a configuration file: comments and everything else stay, and what would not be
// valid is refused before anything is written.
import { type Document, isCollection, parseDocument } from "yaml";
import { GleitzeitError, type Json, parseJson } from "../../domain/index.ts";
import { valueIn } from "./paths.ts";
import { candidates, checkedFile, type Places, textOfFirst } from "./settings.ts";
import { masked } from "./store-url.ts";

export type Change = {
  readonly file: string;
  /** Of the whole file, as it is to be written. */
  readonly text: string;
  readonly isNew: boolean;
  /** Null where nothing was said. */
  readonly before: Json;
  readonly after: Json;
};

/** In the file in force; where there is none, in the one that would be looked for last. */
export async function changed(places: Places, setting: string, written: string): Promise<Change> {
  const { files } = candidates(places);
  const found = await textOfFirst(files);
  const file = found?.file ?? files.at(-1) ?? "";
  const document = parseDocument(found?.text ?? "", { merge: false });
  if (document.errors.length > 0) throw invalid(file, found?.text ?? "", "as it is");
  const path = setting.split(".");
  const after = settingValue(written);
  refusePlainSecret(path, after, file);
  const before = valueAt(document, path);
  put(document, path, after);
  const text = document.toString({ lineWidth: 0, flowCollectionPadding: /\{ /.test(found?.text ?? "") });
  if (checkedFile(file, text).problems.length > 0)
    throw invalid(file, text, "with this; nothing was written");
  return { file, text, isNew: found === undefined, before, after };
}

/** JSON where it looks like it, so that lists and maps can be set too. */
function settingValue(written: string): Json {
  if (!/^[[{"]/.test(written)) return valueIn(written);
  try {
    return parseJson(written);
  } catch (error) {
    throw new GleitzeitError("USAGE_ERROR", `${JSON.stringify(written)} looks like JSON, but is none`, {
      cause: error,
    });
  }
}

function valueAt(document: Document, path: readonly string[]): Json {
  const around = path.length > 1 ? document.getIn(path.slice(0, -1)) : document.contents;
  if (!isCollection(around) || !document.hasIn(path)) return null;
  const value: unknown = document.toJS({ maxAliasCount: 100 });
  const found = path.reduce<unknown>(
    (inner, key) =>
      typeof inner === "object" && inner !== null
        ? Object.entries(inner).find(([name]) => name === key)?.[1]
        : null,
    value,
  );
  return parseJson(JSON.stringify(found ?? null));
}

/** A setting below one that holds a single value does not exist: the schema says so, with a suggestion. */
function put(document: Document, path: readonly string[], value: Json): void {
  const depth = path.findIndex((_, i) => {
    const around = i === 0 ? document.contents : document.getIn(path.slice(0, i));
    return around !== undefined && around !== null && !isCollection(around);
  });
  if (depth < 0) document.setIn(path, value);
  else
    throw new GleitzeitError(
      "CONFIGURATION_ERROR",
      `\`${path.slice(0, depth).join(".")}\` is a single value: there is no \`${path.join(".")}\` in it`,
    );
}

const SECRET = /(?:^|_)(?:api_?key|token|secret|password|passphrase)$/i;

/** A file is copied, shared and committed. */
function refusePlainSecret(path: readonly string[], value: Json, file: string): void {
  const isPassword = path.join(".") === "store" && typeof value === "string" && masked(value) !== value;
  const isKey = SECRET.test(path.at(-1) ?? "") && typeof value === "string" && !/^\$\{secret\./.test(value);
  if (!isPassword && !isKey) return;
  const remedy = isPassword ? "set GLEITZEIT_STORE instead" : "let the provider read it from the environment";
  throw new GleitzeitError(
    "CONFIGURATION_ERROR",
    `\`${path.join(".")}\` would stand in clear in ${file}: ${remedy}; nothing was written`,
  );
}

function invalid(file: string, text: string, when: string): GleitzeitError {
  const { problems } = checkedFile(file, text);
  return new GleitzeitError(
    "CONFIGURATION_ERROR",
    `${file} is not valid ${when}: ${problems[0]?.message ?? ""}`,
    { problems },
  );
}
