// Text as HTML and SVG may hold it.
import { lines } from "./text.ts";

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

export const escaped = (text: string): string =>
  lines(text).replace(/[&<>"']/g, (character) => ENTITIES[character] ?? "");
