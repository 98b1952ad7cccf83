// A document's value with the place of everything in its text, whatever it was written in.
import type { Json, PathProblem } from "../../domain/index.ts";

/** Offsets count UTF-16 units from the start of the text. */
export type Located =
  | { readonly kind: "scalar"; readonly at: number; readonly value: null | boolean | number | string }
  | { readonly kind: "list"; readonly at: number; readonly items: readonly Located[] }
  | { readonly kind: "map"; readonly at: number; readonly members: readonly Member[] };

export type Member = { readonly key: string; readonly keyAt: number; readonly value: Located };

export type TextProblem = { readonly message: string; readonly at: number };

/** What a text says, or why it says nothing. */
export type Parsed = { readonly tree?: Located; readonly problems: readonly TextProblem[] };

/** The value alone. Of a key given twice the first counts, and `onRepeat` hears of the others. */
export function plain(node: Located, onRepeat: (member: Member, first: Member) => void): Json {
  if (node.kind === "scalar") return node.value;
  if (node.kind === "list") return node.items.map((item) => plain(item, onRepeat));
  const seen = new Map<string, Member>();
  for (const member of node.members) {
    const first = seen.get(member.key);
    if (first) onRepeat(member, first);
    else seen.set(member.key, member);
  }
  return Object.fromEntries([...seen.values()].map(({ key, value }) => [key, plain(value, onRepeat)]));
}

/** Where a problem stands: at the value, or at the key; of what is missing, where it should have been. */
export function placeOf(root: Located, { path, at }: Pick<PathProblem, "path" | "at">): number {
  let node = root;
  let key = root.at;
  for (const step of path) {
    const member = memberAt(node, step);
    if (!member) return node === root ? root.at : key;
    key = member.keyAt;
    node = member.value;
  }
  return at === "key" ? key : node.at;
}

function memberAt(node: Located, step: string | number): Pick<Member, "keyAt" | "value"> | undefined {
  switch (node.kind) {
    case "scalar":
      return undefined;
    case "list": {
      const value = typeof step === "number" ? node.items[step] : undefined;
      return value && { keyAt: value.at, value };
    }
    case "map":
      return node.members.find(({ key }) => key === step);
  }
}
