// Whether a call has been heard of yet: what somebody has seen live cannot be done over by another provider in silence.
import type { CallContext } from "./provider.ts";

export type Overheard = { readonly context: CallContext; readonly hasSpoken: () => boolean };

export function overheard(context: CallContext): Overheard {
  let hasSpoken = false;
  return {
    context: {
      ...context,
      emit: (chunk) => {
        hasSpoken = true;
        context.emit(chunk);
      },
    },
    hasSpoken: () => hasSpoken,
  };
}
