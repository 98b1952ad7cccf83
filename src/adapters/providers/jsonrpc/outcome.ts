// A reply, or what came instead of one, as the outcome of a call.
import { errorInfoOf } from "../../../domain/index.ts";
import type { Outcome } from "../../../engine/ports/index.ts";
import type { Reply } from "./reply.ts";

export async function outcomeOf(instance: string, ask: () => Promise<Reply>): Promise<Outcome> {
  try {
    return { ...(await ask()), instance };
  } catch (error) {
    return { ok: false, error: errorInfoOf(error, "PROVIDER_ERROR"), instance };
  }
}
