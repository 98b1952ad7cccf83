// One instance of a pool: how it is chosen, and who is then called.
import { errorInfoOf, type Instance } from "../../../domain/index.ts";
import type { Call, CallContext, Outcome, Provider } from "../../../engine/ports/index.ts";

export type PoolMember = {
  readonly instance: Instance;
  /** Where it is, as the log and people may know it. */
  readonly endpoint?: string;
  readonly provider: Provider;
  /** What else the same instance speaks, in one order for all. */
  readonly also?: readonly Provider[];
};

/** What it throws is a failure like any other. */
export async function outcomeOf(
  { provider }: Pick<PoolMember, "provider">,
  call: Call,
  context: CallContext,
): Promise<Outcome> {
  try {
    return await provider.execute(call, context);
  } catch (error) {
    return { ok: false, error: errorInfoOf(error, "INTERNAL_ERROR") };
  }
}
