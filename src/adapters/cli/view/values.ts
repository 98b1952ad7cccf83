// Values as people read them: text as it is, the rest as YAML.
import { stringify } from "yaml";
import { isList, isObject, type Json } from "../../../domain/index.ts";
import type { Channel } from "../terminal.ts";
import { paint } from "./paint.ts";
import { lines } from "./text.ts";

/** Each member under its name; a text of several lines stands by itself, unquoted. */
export function valuesText(value: Json, out: Channel): string {
  if (!isObject(value)) return valueText(value, out.columns);
  const { bold } = paint(out.color);
  return Object.entries(value)
    .map(([name, member]) => {
      const text = valueText(member, out.columns - 2).trimEnd();
      const stands = text.includes("\n") || isFilled(member);
      const inner = typeof member === "string" ? text : text.replace(/^/gm, "  ");
      return stands ? `${bold(lines(name))}:\n${inner}\n` : `${bold(lines(name))}: ${text}\n`;
    })
    .join("");
}

/** A map or a list stands below its name, also one that would fit beside it. */
const isFilled = (value: Json): boolean =>
  isList(value) ? value.length > 0 : isObject(value) && Object.keys(value).length > 0;

function valueText(value: Json, columns: number): string {
  if (typeof value === "string") return `${lines(value).trimEnd()}\n`;
  return lines(
    stringify(value, { lineWidth: Math.max(20, Math.min(columns, 120)), aliasDuplicateObjects: false }),
  );
}
