// Checks of how an endpoint lives: its health, calls that are cancelled, what it writes beside answers, its end.

import { type Check, type Known, short } from "./check.ts";
import { SaidHealth } from "./health.ts";
import { type Id, noticeText, requestText } from "./message.ts";
import type { Reply } from "./reply.ts";
import type { Subject } from "./subject.ts";

const SETTLE_MS = 5_000;
const AGAIN_MS = 1_000;

const askHealth = (subject: Subject): Promise<Reply> => subject.ask({ method: "health", params: {} });

export const HEALTH_CHECK: Check = {
  name: "health",
  promise: "its health says healthy, degraded or unhealthy",
  remedy: 'answer `health` with {"status": "healthy"}, and with `echo` as it came',
  run: async (subject) => {
    const reply = await askHealth(subject);
    if (!reply.ok) return { failed: reply.error.message };
    const { data: said, error } = SaidHealth.safeParse(reply.result);
    if (!said) return { failed: `${short(reply.result)}: ${error.issues[0]?.message ?? "is no health"}` };
    return said.status === "unhealthy" ? { failed: `it is unhealthy: ${said.detail ?? ""}` } : undefined;
  },
};

export const CANCEL_CHECK: Check = {
  name: "cancel",
  promise: "others are answered while a call is under way; cancelled, it is answered within 5 seconds",
  remedy:
    "serve calls side by side; on `cancel` stop the call with that `id`, and answer it with the error -29004",
  run: async (subject, methods) => {
    const slow = slowCall(subject, methods);
    if (!slow) return { skipped: "no method says with `slow` which params make a call that takes long" };
    const { answer, id } = slow();
    const others = await askHealth(subject);
    if (!others.ok) return { failed: `health, while a call is under way: ${others.error.message}` };
    const said = await cancelled(subject, answer, id);
    const isAnswered = said && (said.ok || said.error.details?.rpcCode !== undefined);
    if (!isAnswered) return { failed: "it was not answered within 5 seconds of its cancellation" };
    const after = await askHealth(subject);
    return after.ok ? undefined : { failed: `health, after a cancellation: ${after.error.message}` };
  },
};

export const STDOUT_CHECK: Check = {
  name: "stdout",
  promise: "nothing but messages stands on its standard output",
  remedy: "write logs to stderr; flush each message with the end of its line",
  run: async (subject) => {
    if (!subject.isProgram()) return { skipped: "it is an address" };
    return subject.noise() === "" ? undefined : { failed: short(subject.noise()) };
  },
};

export const END_CHECK: Check = {
  name: "ends",
  promise: "it ends by itself within 5 seconds of the end of its input, also in the middle of a call",
  remedy: "at the end of stdin stop the calls under way, and exit with 0",
  run: async (subject, methods) => {
    if (!subject.isProgram()) return { skipped: "it is an address" };
    await subject.session();
    const slow = slowCall(subject, methods);
    // What is answered behind it was read behind it.
    if (slow) {
      slow();
      await askHealth(subject);
    }
    const end = await subject.close(SETTLE_MS);
    if (end?.signal !== undefined) return { failed: `it had to be ended: ${end.signal}` };
    return end?.code === 0 ? undefined : { failed: `it ended with exit code ${end?.code ?? "unknown"}` };
  },
};

type Begun = { readonly answer: Promise<Reply>; readonly id: () => Id | undefined };

function slowCall(subject: Subject, methods: Known): (() => Begun) | undefined {
  for (const [name, method] of Object.entries(methods)) {
    const { slow } = method;
    if (!slow) continue;
    return () => {
      let id: Id | undefined;
      const request = subject.request(name, method, slow);
      const text = (own: Id): string => {
        id = own;
        return requestText(own, request.method, request.params);
      };
      return { answer: subject.ask({ ...request, text }), id: () => id };
    };
  }
  return undefined;
}

/** Said again each second: over HTTP the first may overtake its call. Undefined when no answer comes. */
async function cancelled(
  subject: Subject,
  answer: Promise<Reply>,
  id: Begun["id"],
): Promise<Reply | undefined> {
  let isAnswered = false;
  const told = answer.then((reply) => {
    isAnswered = true;
    return reply;
  });
  for (let waited = 0; waited < SETTLE_MS && !isAnswered; waited += AGAIN_MS) {
    const notice = noticeText("cancel", { id: id() ?? null, code: "TASK_CANCELLED", reason: "a check" });
    void subject.ask({ method: "", text: () => notice });
    const found = await Promise.race([told, pause(subject, AGAIN_MS)]);
    if (found) return found;
  }
  return undefined;
}

const pause = ({ clock }: Subject, ms: number): Promise<undefined> =>
  new Promise((resolve) => {
    clock.after(ms, () => resolve(undefined));
  });
