// What of the language the harness uses, taken before a script can change it. No loops over iterators in here or
// beside it, no spreading, no methods of what a script can reach.

const { apply, getOwnPropertyDescriptor, getPrototypeOf, ownKeys } = Reflect;
const method =
  (of) =>
  (self, ...args) =>
    apply(of, self, args);

export { apply, getPrototypeOf, ownKeys };
export const descriptorOf = getOwnPropertyDescriptor;
export const { keys: keysOf, getOwnPropertySymbols: symbolsOf } = Object;
const { setPrototypeOf } = Object;

/** A list that no setter or method of a script's can get in the way of. */
export const ownList = () => setPrototypeOf([], null);
export const { stringify: jsonOf, parse: parsed } = JSON;
export const { isArray } = Array;
export const { isInteger, isSafeInteger, isFinite: isFiniteNumber } = Number;
export const text = String;
export const define = Object.defineProperty;
export const plainPrototype = Object.prototype;
export const arrayPrototype = Array.prototype;

export const includes = method(String.prototype.includes);
export const slice = method(String.prototype.slice);
export const repeat = method(String.prototype.repeat);
export const replaceAll = method(String.prototype.replaceAll);
const codeAt = method(String.prototype.charCodeAt);
export const isWellFormed = method(String.prototype.isWellFormed);
export const toWellFormed = method(String.prototype.toWellFormed);
export const dateText = method(Date.prototype.toISOString);
export const regExpText = method(RegExp.prototype.toString);
export const symbolText = method(Symbol.prototype.toString);
export const mapEach = method(Map.prototype.forEach);
export const setEach = method(Set.prototype.forEach);
/** Also inserts. */
export const splice = method(Array.prototype.splice);
export const join = method(Array.prototype.join);
export const settled = method(Promise.prototype.then);
export const resolved = Promise.resolve();
export const { max, min } = Math;

/** Whether it is written without quotes: letters, digits, `_`, `$`. */
export function isPlainKey(key) {
  for (let i = 0; i < key.length; i++) {
    const code = codeAt(key, i);
    const isLetter = (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || code === 95 || code === 36;
    if (!isLetter && !(i > 0 && code >= 48 && code <= 57)) return false;
  }
  return key !== "";
}

/** Appends where no setter of a script's can be in the way. */
export function push(list, value) {
  define(list, list.length, { value, writable: true, enumerable: true, configurable: true });
}

/** The name of the class whose prototype this is, or of the value's own kind. */
export function className(prototype) {
  const made = prototype === null ? undefined : descriptorOf(prototype, "constructor")?.value;
  const name = typeof made === "function" ? descriptorOf(made, "name")?.value : undefined;
  return typeof name === "string" && name !== "" ? slice(name, 0, 200) : "object";
}
