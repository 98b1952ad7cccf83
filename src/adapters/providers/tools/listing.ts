// The tools of a folder, found out in the sandbox: nothing of a user's source is run or parsed outside of it. Known sources
// are not looked at again.
import {
  GleitzeitError,
  isObject,
  type Json,
  type JsonObject,
  type RunId,
  TaskId,
} from "../../../domain/index.ts";
import type { CallContext, Captured, Log, Outcome, Provider } from "../../../engine/ports/index.ts";
import { type Found, type FoundTool, problemAt, toolsOf } from "./found-tool.ts";
import { describeCode, javascriptTools } from "./javascript-tools.ts";
import { DESCRIBE, pythonTools, textsOf } from "./python-tools.ts";
import { type Language, languageOf } from "./sources.ts";

export type Interpreters = Readonly<Record<Language, () => Promise<Provider>>>;

export type Looking = {
  readonly interpreters: Interpreters;
  /** Of no run: for looking. */
  readonly runId: () => RunId;
  readonly log: () => Promise<Log>;
};

/** A module that does not come to its end while it is looked at. */
const PATIENCE_MS = 20_000;

export type Listing = (sources: readonly Captured[]) => Promise<ReadonlyMap<string, FoundTool>>;

export function listing(looking: Looking): Listing {
  let known: { readonly key: string; readonly tools: ReturnType<Listing> } | undefined;
  return (sources) => {
    const key = sources.map(({ file }) => `${file.hash} ${file.path}`).join("\n");
    if (known?.key !== key) known = { key, tools: looked(sources, looking) };
    return known.tools;
  };
}

/** Modules beside the tools, in folders of their own, are for the tools to import. */
const isTool = ({ file }: Captured): boolean => file.path.split("/").length === 2;

async function looked(sources: readonly Captured[], looking: Looking) {
  const top = sources.filter(isTool);
  const [python, javascript] = [of(top, "python"), of(top, "javascript")];
  const found: Found[] = [];
  if (python.length > 0) {
    const params = { code: DESCRIBE, execution_mode: "wasm", context: { sources: textsOf(python) } };
    found.push(...pythonTools(await asked("python", params, sources, looking)));
  }
  for (const source of javascript) found.push(await oneModule(source, sources, looking));
  return toolsOf(found);
}

const of = (sources: readonly Captured[], language: Language): readonly Captured[] =>
  sources.filter(({ file }) => languageOf(file.path) === language);

async function oneModule(source: Captured, sources: readonly Captured[], looking: Looking): Promise<Found> {
  const { path } = source.file;
  try {
    const schemas = await asked("javascript", { code: describeCode(path) }, sources, looking);
    return javascriptTools(source, schemas);
  } catch (error) {
    if (!(error instanceof GleitzeitError)) throw error;
    const [, said] = /, line (\d+)\)/.exec(error.message) ?? [];
    const line = error.message.includes(`(${path}, line`) ? Number(said) : 1;
    return { tools: [], problems: [problemAt(path, line, error.message)] };
  }
}

async function asked(
  language: Language,
  params: JsonObject,
  sources: readonly Captured[],
  { interpreters, runId, log }: Looking,
): Promise<Json> {
  const provider = await interpreters[language]();
  const run = runId();
  const stop = new AbortController();
  const context: CallContext = {
    run,
    task: TaskId.parse("tools"),
    attempt: 1,
    idempotencyKey: `${run}/tools`,
    signal: stop.signal,
    timeoutMs: PATIENCE_MS,
    files: sources.map(({ file }) => file),
    readFile: async (file) => sources.find((one) => one.file.hash === file.hash)?.bytes ?? new Uint8Array(),
    log: await log(),
    emit: () => undefined,
  };
  try {
    const call = { method: "execute", params: { ...params, timeout: PATIENCE_MS / 1000 } };
    return resultIn(await provider.execute(call, context));
  } finally {
    provider.release?.(run);
  }
}

function resultIn(outcome: Outcome): Json {
  if (outcome.ok) return isObject(outcome.result) ? (outcome.result.result ?? null) : outcome.result;
  const { code, message, details } = outcome.error;
  throw new GleitzeitError(code, message, details && { details });
}
