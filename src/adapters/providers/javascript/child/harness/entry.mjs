// What the child calls. Loaded before a script, which cannot name any of it.
import { described } from "./failures.mjs";
import { fire, install, receive } from "./globals.mjs";
import { descriptorOf, jsonOf, toWellFormed } from "./own.mjs";
import { converted } from "./values.mjs";

export { fire, install, receive };
export const describe = described;

/** What came of a script: its `result`, else its default export, else the empty text. `exported`: see script.mjs. */
export function answer(namespace, exported, limit) {
  const found = [namespace[exported], descriptorOf(globalThis, "result")?.value, namespace.default];
  const value = found[0] !== undefined ? found[0] : found[1] !== undefined ? found[1] : found[2];
  if (value === undefined) return "";
  const { text, place, reason } = converted(value, limit);
  if (text !== undefined) return `{"kind":"value","result":${text}}`;
  return `{"kind":"unfit","place":${jsonOf(toWellFormed(place))},"reason":${jsonOf(toWellFormed(reason))}}`;
}
