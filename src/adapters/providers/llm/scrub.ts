// A key that a server sends back goes no further: not into results, errors, evidence or live chunks.
import { type ErrorInfo, isList, isObject, type Json } from "../../../domain/index.ts";
import type { Evidence, Outcome } from "../../../engine/ports/index.ts";

const MARK = "***";
/** A shorter one could be a word. */
const SHORTEST = 6;

export type Scrub = {
  readonly text: (text: string) => string;
  readonly outcome: (outcome: Outcome) => Outcome;
};

export const NOTHING: Scrub = { text: (text) => text, outcome: (one) => one };

export function scrubOf(keys: Iterable<string>): Scrub {
  const secrets = [...keys].filter(({ length }) => length >= SHORTEST);
  if (secrets.length === 0) return NOTHING;
  const text = (given: string): string => secrets.reduce((left, one) => left.replaceAll(one, MARK), given);
  const json = (value: Json): Json => {
    if (typeof value === "string") return text(value);
    if (isList(value)) return value.map(json);
    if (!isObject(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [text(key), json(member)]));
  };
  const error = ({ message, cause, ...rest }: ErrorInfo): ErrorInfo => ({
    ...rest,
    message: text(message),
    ...(cause && { cause: error(cause) }),
  });
  const evidence = ({ partial, http, ...rest }: Evidence): Evidence => ({
    ...rest,
    ...(partial !== undefined && { partial: json(partial) }),
    ...(http && { http: { ...http, body: text(http.body) } }),
  });
  return {
    text,
    outcome: (outcome) =>
      outcome.ok
        ? { ...outcome, result: json(outcome.result) }
        : {
            ...outcome,
            error: error(outcome.error),
            ...(outcome.evidence && { evidence: evidence(outcome.evidence) }),
          },
  };
}
