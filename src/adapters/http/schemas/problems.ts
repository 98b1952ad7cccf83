// The answers that any route may give instead of its own.
import { ProblemDocument } from "../problem.ts";

const problem = (description: string) => ({
  description,
  content: { "application/problem+json": { schema: ProblemDocument } },
});

export const PROBLEMS = {
  400: problem("Not understood: no JSON, no cursor."),
  401: problem("No key, or one that lets nobody in."),
  403: problem("The role of the key does not include this."),
  413: problem("Larger than this server takes."),
  422: problem("Understood, and not valid; `errors` says what."),
  429: problem("Too many requests; `Retry-After` says when to come again."),
  503: problem("Not now; `Retry-After` says when to come again."),
};

export const NOT_FOUND = { 404: problem("There is no such thing here.") };
export const CONFLICT = { 409: problem("It does not stand so that this could be done.") };
export const GONE = { 410: problem("A cursor of another log.") };
