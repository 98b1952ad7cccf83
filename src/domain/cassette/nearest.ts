// Which recorded call comes closest to one that is not recorded, and where they differ.
import { isList, isObject, type Json, own, pathText } from "../json.ts";
import type { CassetteCall } from "./recording.ts";

export type Difference = { readonly path: string; readonly recorded?: Json; readonly asked?: Json };

export type Near<T> = { readonly one: T; readonly differences: readonly Difference[] };

/** More are not counted: such calls have nothing in common. */
const MOST = 200;

/** Of those of the same method, the one with the fewest differences; of several, one of the same task. */
export function nearest<T extends { readonly task: string; readonly call: CassetteCall }>(
  recorded: Iterable<T>,
  call: CassetteCall,
  task: string,
): Near<T> | undefined {
  let best: (Near<T> & { readonly rank: number }) | undefined;
  for (const one of recorded) {
    if (one.call.asks !== call.asks || one.call.protocol !== call.protocol) continue;
    if (one.call.method !== call.method) continue;
    const differences = differencesOf(one.call, call);
    const rank = differences.length * 2 + (one.task === task ? 0 : 1);
    if (!best || rank < best.rank) best = { one, differences, rank };
  }
  return best && { one: best.one, differences: best.differences };
}

function differencesOf(recorded: CassetteCall, asked: CassetteCall): readonly Difference[] {
  const found: Difference[] = [];
  compare(comparable(recorded), comparable(asked), [], found);
  return found;
}

const comparable = ({ provider, params, secrets = [], files = [] }: CassetteCall): Json => ({
  params,
  secrets,
  files: Object.fromEntries(files.map(({ path, hash }) => [path, hash])),
  ...(provider !== undefined && { provider }),
});

type Path = readonly (string | number)[];

function compare(recorded: Json | undefined, asked: Json | undefined, path: Path, found: Difference[]): void {
  if (found.length >= MOST) return;
  if (isList(recorded) && isList(asked)) {
    for (let i = 0; i < Math.max(recorded.length, asked.length); i += 1)
      compare(recorded[i], asked[i], [...path, i], found);
  } else if (isObject(recorded) && isObject(asked)) {
    for (const key of new Set([...Object.keys(recorded), ...Object.keys(asked)]))
      compare(own(recorded, key), own(asked, key), [...path, key], found);
  } else if (recorded !== asked) {
    found.push({
      path: pathText(path),
      ...(recorded !== undefined && { recorded }),
      ...(asked !== undefined && { asked }),
    });
  }
}

const NAMED = 3;
const SHOWN = 60;
const BEFORE = 20;

/** In words: what was recorded and what was asked, at the first places. */
export function differencesText(differences: readonly Difference[]): string {
  const named = differences.slice(0, NAMED).map(({ path, recorded, asked }) => {
    if (recorded === undefined) return `${path} was not there`;
    if (asked === undefined) return `${path} is not there any more`;
    const [then, now] = excerpts(JSON.stringify(recorded), JSON.stringify(asked));
    return `${path} was ${then} and is ${now}`;
  });
  const more = differences.length - named.length;
  return `${named.join("; ")}${more > 0 ? `; and ${more >= MOST - NAMED ? "many" : more} more` : ""}`;
}

/** Long texts from shortly before the place where they part. */
function excerpts(a: string, b: string): readonly [string, string] {
  if (a.length <= SHOWN && b.length <= SHOWN) return [a, b];
  let at = 0;
  while (at < a.length && a[at] === b[at]) at += 1;
  const from = Math.max(0, at - BEFORE);
  const cut = (text: string): string => {
    const piece = text.slice(from, from + SHOWN);
    return `${from > 0 ? "…" : ""}${piece}${from + SHOWN < text.length ? "…" : ""}`;
  };
  return [cut(a).toWellFormed(), cut(b).toWellFormed()];
}
