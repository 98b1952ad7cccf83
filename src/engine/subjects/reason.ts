// Why somebody was erased or is held stays readable for good: it is asked for after the key is gone. So it must not say who it
// was, and one that does is refused before anything is done.
import { GleitzeitError, type JsonObject } from "../../domain/index.ts";

export function checkReason(reason: string | undefined, subject: string): void {
  if (reason === undefined || !isNamedIn(plain(reason), plain(subject))) return;
  throw new GleitzeitError(
    "INVALID_REQUEST",
    "the reason names the person, and would stay readable for good: say which request or case it is instead, such as `request 2026-114`",
  );
}

/** What an event says of why. */
export function reasonIn(values: JsonObject | undefined): string {
  const reason = values?.reason;
  return typeof reason === "string" ? reason : "";
}

const plain = (text: string): string => text.normalize("NFKC").toLowerCase();

const ENDS_IN_WORD = /[\p{L}\p{N}]$/u;
const BEGINS_IN_WORD = /^[\p{L}\p{N}]/u;

/** As words of its own: `ann` is not named in `annulled`. */
function isNamedIn(text: string, name: string): boolean {
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
    const [before, after] = [text.slice(0, at), text.slice(at + name.length)];
    if (!ENDS_IN_WORD.test(before) && !BEGINS_IN_WORD.test(after)) return true;
  }
  return false;
}
