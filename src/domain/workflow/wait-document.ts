// Tasks that wait: for time, for a signal, for people. STORED FORMAT, as document.ts says.
import { count, duration, listOf, literal, oneOf, orTemplate, shape, text } from "./leaves.ts";

/** An instant that a wait leads to must be one that can be written down. */
const LONGEST_DAYS = 3650;
export const LONGEST_WAIT_MS = LONGEST_DAYS * 86_400_000;

const limit = duration({ above: 0, mostSeconds: LONGEST_WAIT_MS / 1000 });
const person = text(200);

/** One of `signal`, `for` and `until`. */
export const Wait = shape({
  signal: literal().exactOptional(),
  timeout: limit.exactOptional(),
  for: orTemplate(duration({ mostSeconds: LONGEST_WAIT_MS / 1000 })).exactOptional(),
  until: text(200).exactOptional(),
  timezone: literal().exactOptional(),
});

const ON_TIMEOUT = ["fail", "approve", "reject"] as const;

export const Approval = shape({
  message: text(10_000),
  approvers: orTemplate(listOf(person, "a list of names of users")).exactOptional(),
  min: count(1, 1000).exactOptional(),
  not_by: listOf(person, "a list of `submitter` and names of users").exactOptional(),
  timeout: limit.exactOptional(),
  on_timeout: oneOf(ON_TIMEOUT).exactOptional(),
});
