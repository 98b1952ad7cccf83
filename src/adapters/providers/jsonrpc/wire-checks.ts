// Checks of the conversation: what is no message, what wants no answer, many calls at once, much in one.
import { ERROR_CODES, type Json } from "../../../domain/index.ts";
import type { Finding } from "../../../engine/ports/index.ts";
import { type Check, firstFinding, short, unlessRefused } from "./check.ts";
import { noticeText, requestText } from "./message.ts";
import { PROOF_OF_LIFE } from "./session.ts";
import type { Subject } from "./subject.ts";

const { PARSE_ERROR, INVALID_REQUEST, METHOD_NOT_FOUND, METHOD_NOT_SUPPORTED } = ERROR_CODES;

/** What breaks where text is cut, quoted or decoded once too often. */
const TEXTS = [
  "",
  "Grüße, žluťoučký kůň",
  "👩‍👩‍👧 e\u0301 \u202e",
  "${x} $${y} {{z}} %s `id` $(id) \\n",
  "a\0b\r\n\t\\\"'`",
  "x".repeat(70_000),
];
const AT_ONCE = 20;
const MUCH = 1024 * 1024;

/** By its health, which gives back what it is given; plain servers at least refuse. */
async function echoed(subject: Subject, echo: Json, what: string): Promise<Finding> {
  if (subject.spoken.kind === "plain") {
    const reply = await subject.ask({ method: PROOF_OF_LIFE });
    return reply.ok
      ? undefined
      : unlessRefused(reply, [METHOD_NOT_FOUND.number, METHOD_NOT_SUPPORTED.number], what);
  }
  const reply = await subject.ask({ method: "health", params: { echo } });
  if (!reply.ok) return { failed: `${what}: ${reply.error.message}` };
  const given =
    typeof reply.result === "object" && reply.result !== null && "echo" in reply.result
      ? reply.result.echo
      : undefined;
  if (JSON.stringify(given) === JSON.stringify(echo)) return undefined;
  return { failed: `${what}: ${short(echo)} came back as ${given === undefined ? "nothing" : short(given)}` };
}

export const ECHO_CHECKS: readonly Check[] = [
  {
    name: "text",
    promise: "text comes back as it went in, whatever is in it",
    remedy: "read and write UTF-8, one message a line; give `echo` of a `health` request back as it is",
    run: (subject) => {
      async function* found() {
        for (const text of TEXTS) yield echoed(subject, { text, list: [text, 1.5, null, true] }, "health");
      }
      return firstFinding(found());
    },
  },
  {
    name: "huge",
    promise: "what is large is answered whole, or refused, never cut",
    remedy: "read lines of any length; answer with an error what is too much for you",
    run: async (subject) => {
      const reply = await subject.ask({ method: "health", params: { echo: "x".repeat(MUCH) } });
      if (!reply.ok)
        return reply.error.details?.rpcCode === undefined ? { failed: reply.error.message } : undefined;
      const size = JSON.stringify(reply.result).length;
      return size > MUCH ? undefined : { failed: `of an echo of ${MUCH} characters ${size} came back` };
    },
  },
];

export const WIRE_CHECKS: readonly Check[] = [
  {
    name: "at-once",
    promise: `${AT_ONCE} requests at the same time are all answered, each with its own answer`,
    remedy:
      "answer with the `id` of the request, as it was; write each answer as one line, under a lock if need be",
    run: async (subject) => {
      const all = Array.from({ length: AT_ONCE }, (_, i) => echoed(subject, `request ${i}`, `request ${i}`));
      const found = await Promise.all(all);
      return found.find((one) => one !== undefined);
    },
  },
  {
    name: "garbage",
    promise: "what is not JSON is refused with -32700, what is no request with -32600, and life goes on",
    remedy: "answer a line that cannot be read with an error and the id null; do not end",
    run: async (subject) => {
      const half = await subject.ask({ method: "", text: () => '{"jsonrpc":"2.0", "id": 1, "meth' });
      const first = unlessRefused(half, [PARSE_ERROR.number], "half a message");
      if (first) return first;
      const none = await subject.ask({ method: "", text: () => '{"jsonrpc":"2.0","id":null,"params":{}}' });
      return (
        unlessRefused(none, [INVALID_REQUEST.number], "a message without a method") ??
        echoed(subject, 1, "then")
      );
    },
  },
  {
    name: "notices",
    promise: "notifications are not answered, known or not; a cancel for nothing is nothing",
    remedy: "answer only what has an `id`",
    run: (subject) => {
      async function* found() {
        yield unanswered(subject, noticeText("no such notice", {}));
        yield unanswered(subject, noticeText("cancel", { id: "no such call" }));
      }
      return firstFinding(found());
    },
  },
];

/** A program's answer to a notice, which has no id, is taken for that to the request behind it. */
async function unanswered(subject: Subject, notice: string): Promise<Finding> {
  if (subject.isProgram()) {
    const [method, params] = subject.spoken.kind === "plain" ? [PROOF_OF_LIFE, undefined] : ["health", {}];
    const reply = await subject.ask({
      method,
      text: (id) => `${notice}\n${requestText(id, method, params)}`,
    });
    return reply.ok || subject.spoken.kind === "plain"
      ? undefined
      : { failed: `${short(notice)} was answered: ${reply.error.message}` };
  }
  const reply = await subject.ask({ method: "", text: () => notice });
  const isSilent =
    !reply.ok && reply.error.details?.rpcCode === undefined && reply.evidence?.http?.body.trim() === "";
  if (isSilent) return undefined;
  const answer = reply.ok ? short(reply.result) : reply.error.message;
  return { failed: `${short(notice)} was answered: ${answer}` };
}
