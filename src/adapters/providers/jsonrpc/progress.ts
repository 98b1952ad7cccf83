// What an endpoint says of a call under way, as a line for whoever watches: a text, or a count.
import type { JsonObject } from "../../../domain/index.ts";

const LONGEST_KIND = 40;

export function progressIn({ kind, text, progress, total }: JsonObject): {
  readonly kind: string;
  readonly text: string;
} {
  const of = typeof total === "number" ? `/${total}` : "";
  const count = typeof progress === "number" ? `${progress}${of}` : "";
  const words = typeof text === "string" ? text : "";
  return {
    kind: typeof kind === "string" && kind !== "" ? kind.slice(0, LONGEST_KIND) : "progress",
    text: [count, words].filter((part) => part !== "").join(" "),
  };
}
