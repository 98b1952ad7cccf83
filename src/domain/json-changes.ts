// What makes one JSON value of another, place by place. Lists are aligned by what they have in common, so that an element
// that came in between is one change, and not one for everything behind it.
import { jcs } from "./jcs.ts";
import { isList, isObject, type Json, type JsonObject, own } from "./json.ts";

type Path = readonly (string | number)[];

/** `before` is absent where something came, `after` where something went; never both. */
export type JsonChange = { readonly path: Path; readonly before?: Json; readonly after?: Json };

/** Texts that say the same though they are not: ids that differ from run to run. */
export type SameText = (before: string, after: string) => boolean;

const never: SameText = () => false;

/** Empty for equal values. A changed element stands at its place in `after`, one that went at its place in `before`. */
export function jsonChanges(before: Json, after: Json, sameText: SameText = never): readonly JsonChange[] {
  const found: JsonChange[] = [];
  compare(before, after, [], { sameText, found });
  return found;
}

type Search = { readonly sameText: SameText; readonly found: JsonChange[] };

function compare(before: Json, after: Json, path: Path, search: Search): void {
  if (before === after) return;
  if (isList(before) && isList(after)) return compareLists(before, after, path, search);
  if (isObject(before) && isObject(after)) return compareMembers(before, after, path, search);
  if (typeof before === "string" && typeof after === "string" && search.sameText(before, after)) return;
  search.found.push({ path, before, after });
}

function compareMembers(before: JsonObject, after: JsonObject, path: Path, search: Search): void {
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const [old, now] = [own(before, key), own(after, key)];
    const place = [...path, key];
    if (old !== undefined && now !== undefined) compare(old, now, place, search);
    else if (old !== undefined) search.found.push({ path: place, before: old });
    else if (now !== undefined) search.found.push({ path: place, after: now });
  }
}

type Entry = { readonly value: Json; readonly index: number; readonly text: string };

function compareLists(before: readonly Json[], after: readonly Json[], path: Path, search: Search): void {
  const [old, now] = [entriesOf(before), entriesOf(after)];
  const isEqual = (a: Entry, b: Entry): boolean => a.text === b.text || isSameBut(a.value, b.value, search);
  let start = 0;
  while (bothHave(old, now, start, start, isEqual)) start += 1;
  let [oldEnd, nowEnd] = [old.length, now.length];
  while (oldEnd > start && nowEnd > start && bothHave(old, now, oldEnd - 1, nowEnd - 1, isEqual)) {
    oldEnd -= 1;
    nowEnd -= 1;
  }
  for (const gap of gapsIn(old.slice(start, oldEnd), now.slice(start, nowEnd), isEqual)) {
    compareGap(gap, path, search);
  }
}

const entriesOf = (list: readonly Json[]): readonly Entry[] =>
  list.map((value, index) => ({ value, index, text: jcs(value) }));

type Equal = (a: Entry, b: Entry) => boolean;

function bothHave(old: readonly Entry[], now: readonly Entry[], i: number, j: number, isEqual: Equal) {
  const [a, b] = [old[i], now[j]];
  return a !== undefined && b !== undefined && isEqual(a, b);
}

function isSameBut(before: Json, after: Json, { sameText }: Search): boolean {
  return sameText !== never && jsonChanges(before, after, sameText).length === 0;
}

type Gap = { readonly went: readonly Entry[]; readonly came: readonly Entry[] };

/** Beyond this many comparisons lists are aligned by place. */
const MOST_COMPARISONS = 1_000_000;

/** What stands between the elements that both have, in order. */
function gapsIn(old: readonly Entry[], now: readonly Entry[], isEqual: Equal): readonly Gap[] {
  if (old.length * now.length > MOST_COMPARISONS) return [{ went: old, came: now }];
  const gaps: Gap[] = [];
  let [i, j] = [0, 0];
  for (const [a, b] of [...commonPlaces(old, now, isEqual), [old.length, now.length] as const]) {
    if (a > i || b > j) gaps.push({ went: old.slice(i, a), came: now.slice(j, b) });
    [i, j] = [a + 1, b + 1];
  }
  return gaps;
}

/** The longest common subsequence, as pairs of places. */
function commonPlaces(old: readonly Entry[], now: readonly Entry[], isEqual: Equal) {
  const width = now.length + 1;
  const lengths = new Uint32Array((old.length + 1) * width);
  const at = (i: number, j: number): number => lengths[i * width + j] ?? 0;
  for (let i = old.length - 1; i >= 0; i -= 1) {
    for (let j = now.length - 1; j >= 0; j -= 1) {
      const isSame = bothHave(old, now, i, j, isEqual);
      lengths[i * width + j] = isSame ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const places: (readonly [number, number])[] = [];
  for (let [i, j] = [0, 0]; i < old.length && j < now.length; ) {
    if (bothHave(old, now, i, j, isEqual)) places.push([i++, j++]);
    else if (at(i + 1, j) >= at(i, j + 1)) i += 1;
    else j += 1;
  }
  return places;
}

/** What goes by one name is one thing that changed; the rest are paired in order, and what is left over went or came. */
function compareGap({ went, came }: Gap, path: Path, search: Search): void {
  const left = new Set(came);
  const partners = new Map<Entry, Entry>();
  const pair = (old: Entry, isPartner: (now: Entry) => boolean): void => {
    const found = partners.has(old) ? undefined : [...left].find(isPartner);
    if (!found) return;
    left.delete(found);
    partners.set(old, found);
  };
  for (const old of went) {
    const name = nameOf(old.value);
    if (name !== undefined) pair(old, (now) => nameOf(now.value) === name);
  }
  for (const old of went) {
    if (nameOf(old.value) === undefined) pair(old, (now) => nameOf(now.value) === undefined);
  }
  for (const old of went) {
    const now = partners.get(old);
    if (now) compare(old.value, now.value, [...path, now.index], search);
    else search.found.push({ path: [...path, old.index], before: old.value });
  }
  for (const now of left) search.found.push({ path: [...path, now.index], after: now.value });
}

/** By which people tell elements of a list apart. */
function nameOf(value: Json): string | undefined {
  if (!isObject(value)) return undefined;
  const name = own(value, "id") ?? own(value, "key") ?? own(value, "name");
  return typeof name === "string" || typeof name === "number" ? String(name) : undefined;
}
