// A question that every instance has its own answer to, such as which models there are: the answers together.
import type { Json } from "../../../domain/index.ts";
import type { Call, CallContext, Outcome } from "../../../engine/ports/index.ts";
import { outcomeOf, type PoolMember } from "./member.ts";

/** Of those that answer; the failure of one counts only where nobody does. */
export async function gathered(
  members: readonly [PoolMember, ...PoolMember[]],
  call: Call,
  context: CallContext,
  together: (results: readonly Json[]) => Json,
): Promise<Outcome> {
  const outcomes = await Promise.all(
    members.map(async (member) => ({
      id: member.instance.id,
      outcome: await outcomeOf(member, call, context),
    })),
  );
  const results = outcomes.flatMap(({ outcome }) => (outcome.ok ? [outcome.result] : []));
  const tried = outcomes.flatMap(({ id, outcome }) =>
    outcome.ok ? [] : [{ instance: id, code: outcome.error.code }],
  );
  const [first] = outcomes;
  if (results.length === 0 && first) return { ...first.outcome, instance: first.id };
  return { ok: true, result: together(results), ...(tried.length > 0 && { tried }) };
}

/** A question that all instances answer alike: of the first that answers; the first failure where none does. */
export async function firstAnswer<T>(
  members: readonly [PoolMember, ...PoolMember[]],
  ask: (member: PoolMember) => Promise<T>,
): Promise<T> {
  const [first, ...others] = members;
  try {
    return await ask(first);
  } catch (error) {
    for (const member of others) {
      const said = await ask(member).then(
        (answer) => ({ answer }),
        () => undefined, // the first failure is told
      );
      if (said) return said.answer;
    }
    throw error;
  }
}
