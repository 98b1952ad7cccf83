// The ways in which a secret may come back: as it is, and as programs write it into other texts.
import { SHORTEST_SECRET } from "../ports/index.ts";

const SHORTEST_LINE = 8;

/** What may be the host of an address, which addresses write in small letters. */
const HOST = /^[\w.-]+$/;

/** Each once, the longest first: what holds another is struck out as a whole. */
export function formsOf(secret: string): readonly string[] {
  const value = secret.toWellFormed();
  const bytes = new TextEncoder().encode(value);
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const lines = value.split(/[\r\n]+/).filter((line) => line.length >= SHORTEST_LINE);
  const hosts = HOST.test(value) ? [value.toLowerCase()] : [];
  const texts = [value, value.trim(), ...lines, ...hosts];
  const all = [...texts.flatMap(escaped), ...base64Forms(bytes), hex, hex.toUpperCase()];
  return [...new Set(all)]
    .filter(({ length }) => length >= SHORTEST_SECRET)
    .toSorted((a, b) => b.length - a.length);
}

/** In JSON, in JSON within JSON, in addresses and forms, in HTML. */
function escaped(text: string): readonly string[] {
  const json = [inJson(text), inAscii(inJson(text))];
  const slashed = json.map((one) => one.replaceAll("/", "\\/"));
  const uri = encodeURIComponent(text);
  const strict = uri.replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
  const form = strict.replaceAll("%20", "+");
  const ofBrowsers = form.replaceAll("%2A", "*").replaceAll("~", "%7E");
  const paths = [encodeURI(text), strict.replaceAll("%2F", "/")];
  const addresses = [uri, strict, ...paths, uri.replaceAll("%20", "+"), form, ofBrowsers];
  const small = addresses.map((one) => one.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()));
  return [text, ...json, ...slashed, ...json.map(inJson), ...addresses, ...small, ...inHtml(text)];
}

const inJson = (text: string): string => JSON.stringify(text).slice(1, -1);

const inAscii = (json: string): string =>
  json.replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

const inHtml = (text: string): readonly string[] =>
  ["&#39;", "&#x27;", "&apos;"].map((quote) =>
    text.replace(/[&<>"']/g, (char) => (char === "'" ? quote : (ENTITIES[char] ?? char))),
  );

/** Alone, and behind one or two other bytes: of the ends only what the other bytes do not touch. */
function base64Forms(bytes: Uint8Array): readonly string[] {
  const whole = base64(bytes);
  const inside = [0, 1, 2].map((before) => {
    const text = base64(Uint8Array.from([...Array.from({ length: before }, () => 0), ...bytes])).replace(
      /=+$/,
      "",
    );
    const isOpen = (before + bytes.length) % 3 !== 0;
    return text.slice(before === 0 ? 0 : before + 1, isOpen ? -1 : undefined);
  });
  const standard = [whole, whole.replace(/=+$/, ""), ...inside];
  return [...standard, ...standard.map((text) => text.replaceAll("+", "-").replaceAll("/", "_"))];
}

export function base64(bytes: Uint8Array): string {
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}
