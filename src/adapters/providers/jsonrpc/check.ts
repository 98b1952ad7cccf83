// A check of an endpoint: what it must do, and what to do where it does not.
import type { Checked, Finding } from "../../../engine/ports/index.ts";
import type { Reply } from "./reply.ts";
import type { CheckedMethod, Subject } from "./subject.ts";

export type Known = Readonly<Record<string, CheckedMethod>>;

export type Check = Checked & {
  readonly run: (subject: Subject, methods: Known) => Promise<Finding>;
};

/** The first of several that is something; those behind it are not looked for. */
export async function firstFinding(findings: AsyncIterable<Finding>): Promise<Finding> {
  for await (const finding of findings) if (finding) return finding;
  return undefined;
}

/** What came instead of the number that was wanted. */
export function unlessRefused(reply: Reply, numbers: readonly number[], what: string): Finding {
  if (reply.ok) return { failed: `${what} was answered with a result: ${short(reply.result)}` };
  const number = reply.error.details?.rpcCode;
  if (typeof number === "number" && numbers.includes(number)) return undefined;
  const got =
    typeof number === "number" ? `with ${number} (${reply.error.message})` : `not: ${reply.error.message}`;
  return { failed: `${what} was answered ${got}` };
}

export const unlessAnswered = (reply: Reply, what: string): Finding =>
  reply.ok ? undefined : { failed: `${what}: ${reply.error.message}` };

export function short(value: unknown): string {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > 200 ? `${text.slice(0, 200)} …` : text;
}
