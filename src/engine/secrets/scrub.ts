// Strikes the secrets of one call out of all that it says.
import { type ErrorInfo, isList, isObject, type Json } from "../../domain/index.ts";
import { type Log, SHORTEST_SECRET } from "../ports/index.ts";
import { formsOf } from "./secret-forms.ts";

const MARK = "***";
// As messages say that they were cut: ours, and those of others.
const LEFT_OUT = /(\s?…|"?\.{3})/;
// V8 quotes some characters from where it stopped reading, which may be any part of a secret.
const QUOTED_BY_PARSER = /, (?:\.{3})?".{0,60}?"(?:\.{3})? is not valid JSON/gs;

export type Scrub = {
  readonly text: (text: string) => string;
  /** Of a text that may have been cut: nor does the beginning of a secret stand at its end, or where it says that something is left out. */
  readonly cut: (text: string) => string;
  /** How many characters at the end could be the beginning of a secret. */
  readonly openEnd: (text: string) => number;
  readonly json: (value: Json) => Json;
  readonly error: (error: ErrorInfo) => ErrorInfo;
  /** A value in which texts may have been cut. */
  readonly cutJson: (value: Json) => Json;
  /** What a call that went well gives back; some say of themselves that their output was cut. */
  readonly result: (value: Json) => Json;
  readonly log: (log: Log) => Log;
};

export function scrubOf(secrets: Iterable<string>): Scrub {
  const forms = [...secrets].flatMap(formsOf).toSorted((a, b) => b.length - a.length);
  const text = (given: string): string => forms.reduce((left, form) => left.replaceAll(form, MARK), given);
  const openEnd = (given: string): number => Math.max(0, ...forms.map((form) => openEndOf(given, form)));
  const closed = (clean: string): string => {
    const open = openEnd(clean);
    return open < SHORTEST_SECRET ? clean : clean.slice(0, -open) + MARK;
  };
  const cut = (given: string): string =>
    text(given).replace(QUOTED_BY_PARSER, " in what is not valid JSON").split(LEFT_OUT).map(closed).join("");
  const mapped = (value: Json, change: (one: string) => string): Json => {
    if (typeof value === "string") return change(value);
    if (typeof value === "number") return text(String(value)) === String(value) ? value : MARK;
    if (isList(value)) return value.map((member) => mapped(member, change));
    if (!isObject(value)) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, member]) => [text(key), mapped(member, change)]),
    );
  };
  const error = ({ code, message, retryable, details, cause }: ErrorInfo): ErrorInfo => {
    const clean = details === undefined ? undefined : mapped(details, cut);
    return {
      code,
      message: cut(message),
      retryable,
      ...(isObject(clean) && { details: clean }),
      ...(cause && { cause: error(cause) }),
    };
  };

  return {
    text,
    cut,
    openEnd,
    json: (value) => mapped(value, text),
    error,
    cutJson: (value) => mapped(value, cut),
    result: (value) => mapped(value, isObject(value) && value.output_truncated === true ? cut : text),
    log: (log) => scrubbedLog(log, (value) => mapped(value, cut), cut),
  };
}

/** The longest end of the text with which the form begins, without being all there. */
function openEndOf(text: string, form: string): number {
  const end = text.slice(1 - form.length);
  const first = form.slice(0, 1);
  for (let at = end.indexOf(first); at >= 0; at = end.indexOf(first, at + 1)) {
    if (form.startsWith(end.slice(at))) return end.length - at;
  }
  return 0;
}

function scrubbedLog(log: Log, json: (value: Json) => Json, text: (text: string) => string): Log {
  const cleanError = (error: Error): Error => {
    const clean = new Error(text(error.message));
    clean.name = error.name;
    clean.stack = text(error.stack ?? "");
    return clean;
  };
  const line =
    (level: keyof Log): Log[keyof Log] =>
    (fields, message) =>
      log[level](
        Object.fromEntries(
          Object.entries(fields).map(([key, value]) => [
            key,
            value instanceof Error ? cleanError(value) : json(value),
          ]),
        ),
        text(message),
      );
  return { debug: line("debug"), info: line("info"), warn: line("warn"), error: line("error") };
}
