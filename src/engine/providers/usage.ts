// Who is being called: a provider that is no longer configured ends when its last call has ended, and gets no new one.
import { errorInfo } from "../../domain/index.ts";
import type { Call, CallContext, Outcome, Provider } from "../ports/index.ts";

export type Usage = {
  /** As it is, with its calls counted. Several may share one count. */
  readonly counted: (provider: Provider) => Provider;
  /** From now on no call begins; resolves when none is under way any more. */
  readonly retire: () => Promise<void>;
};

/** `successor`: who is called in its place, once it is retired. */
export function usage(successor: (retired: Provider) => Provider | undefined): Usage {
  let underWay = 0;
  let retired: Promise<void> | undefined;
  let idle = (): void => undefined;

  const during = async <T>(work: () => Promise<T>): Promise<T> => {
    underWay += 1;
    try {
      return await work();
    } finally {
      underWay -= 1;
      if (underWay === 0) idle();
    }
  };

  const execute = (provider: Provider, call: Call, context: CallContext): Promise<Outcome> => {
    if (!retired) return during(() => provider.execute(call, context));
    return successor(provider)?.execute(call, context) ?? Promise.resolve(gone(provider));
  };

  return {
    counted: (provider) => ({
      ...provider,
      execute: (call, context) => execute(provider, call, context),
      ...(provider.preflight && {
        preflight: (call) => during(async () => (await provider.preflight?.(call)) ?? []),
      }),
    }),
    retire: () => {
      retired ??= new Promise((resolve) => {
        idle = resolve;
        if (underWay === 0) resolve();
      });
      return retired;
    },
  };
}

const gone = ({ name }: Provider): Outcome => ({
  ok: false,
  error: errorInfo("PROVIDER_NOT_AVAILABLE", `the provider ${name} is no longer configured`),
});
