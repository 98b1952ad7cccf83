// What makes two calls the same, and what the file of one is called.
import { jcs } from "../jcs.ts";
import { parseJson } from "../json-codec.ts";
import { CassetteCall } from "./recording.ts";

/** One text for what is asked; its hash is the call's name. */
export function contentText({
  asks,
  protocol,
  method,
  provider,
  params,
  secrets,
  files,
}: CassetteCall): string {
  return jcs({
    protocol,
    method,
    params,
    ...(asks !== undefined && { asks }),
    ...(provider !== undefined && { provider }),
    ...(secrets !== undefined && secrets.length > 0 && { secrets: [...new Set(secrets)].toSorted() }),
    ...(files !== undefined &&
      files.length > 0 && {
        files: files.map(({ path, hash }) => ({ path, hash })).toSorted((a, b) => (a.path < b.path ? -1 : 1)),
      }),
  });
}

const HASH_DIGITS = 12;
const LONGEST_NAME = 80;

/** Beginning of the names of all recordings of this content by this task. `hash`: hex, of `contentText`. */
export const recordingStem = (task: string, hash: string): string =>
  `${task
    .replace(/[^A-Za-z0-9_-]+/g, "-")
    .replace(/-$/, "")
    .slice(0, LONGEST_NAME)}.${hash.slice(0, HASH_DIGITS)}`;

/** `n` counts from 1: one task asks the same again when it is retried, or when its workflow runs again. */
export const recordingName = (stem: string, n: number): string => `${stem}${n === 1 ? "" : `.${n}`}.json`;

/** The place among those of its stem; undefined for a name that is none of ours. */
export function recordingPlace(name: string): { readonly stem: string; readonly n: number } | undefined {
  const [, stem, n] = /^(.+\.[0-9a-f]{12})(?:\.([1-9]\d*))?\.json$/.exec(name) ?? [];
  return stem === undefined ? undefined : { stem, n: n === undefined ? 1 : Number(n) };
}

const MARK = /\$+\{run\.id\}/g;
const RUN = "${run.id}";

/** JSON text. A run has another id each time; a call that mentions it is the same call all the same. */
export const withoutRun = (json: string, run: string): string =>
  json.replace(MARK, (mark) => `$${mark}`).replaceAll(run, RUN);

export const withRun = (json: string, run: string): string =>
  json.replace(MARK, (mark) => (mark === RUN ? run : mark.slice(1)));

/** A call as its recording would have it. */
export function callWithoutRun(call: CassetteCall, run: string): CassetteCall {
  const text = contentText(call);
  const marked = withoutRun(text, run);
  return marked === text ? call : CassetteCall.parse(parseJson(marked));
}
