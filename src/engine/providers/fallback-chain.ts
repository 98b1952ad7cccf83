// Providers that stand in for one another: where one did nothing, the next is asked within the same attempt.
//
// The attempt says who answered, and who was tried. What may have been done is not done again here: that is a retry, or the
// task's own `fallback`, and an event.
import { mayAskAnother } from "../../domain/index.ts";
import {
  type Call,
  type CallContext,
  methodNamed,
  type Outcome,
  overheard,
  type Provider,
  type Tried,
} from "../ports/index.ts";

export type StandIn = {
  readonly provider: Provider;
  /** Asked there instead of the model that the call names, unless that one is among `known`. */
  readonly model?: string;
  readonly known?: readonly string[];
};

/** It is the first one to whoever looks, and none of them is closed by it. */
export function fallbackChain(first: Provider, others: readonly StandIn[]): Provider {
  const execute = async (call: Call, context: CallContext): Promise<Outcome> => {
    let said = await listening(first, call, context);
    const tried: Tried[] = [];
    for (const standIn of others) {
      const { provider } = standIn;
      const { outcome, hasSpoken, name } = said;
      if (outcome.ok || hasSpoken || context.signal.aborted) break;
      const isIdempotent = methodNamed(first.methods, call.method)?.idempotent ?? false;
      if (!mayAskAnother(outcome.error, isIdempotent) || !methodNamed(provider.methods, call.method)) break;
      tried.push(...(outcome.tried ?? []), { instance: outcome.instance ?? name, code: outcome.error.code });
      said = await listening(provider, adapted(call, standIn), context);
    }
    const { outcome, name } = said;
    const all = [...tried, ...(outcome.tried ?? [])];
    return { ...outcome, provider: name, ...(all.length > 0 && { tried: all }) };
  };
  const { protocol, name, methods } = first;
  return {
    protocol,
    name,
    methods,
    ...(first.preflight && { preflight: (call) => first.preflight?.(call) ?? Promise.resolve([]) }),
    execute,
    close: async () => undefined,
  };
}

async function listening(provider: Provider, call: Call, context: CallContext) {
  const heard = overheard(context);
  const outcome = await provider.execute(call, heard.context);
  return { outcome, hasSpoken: heard.hasSpoken(), name: provider.name };
}

/** A model that a provider says it has not is not asked there. */
function adapted(call: Call, { model, known }: StandIn): Call {
  const { model: wanted } = call.params;
  const isKnown = known !== undefined && (typeof wanted !== "string" || known.includes(wanted));
  return model === undefined || isKnown ? call : { ...call, params: { ...call.params, model } };
}
