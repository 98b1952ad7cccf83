// Flags: what an operator may turn off and on while everything runs. One table: a flag that nobody reads is none.

export const FLAGS = {
  submissions: {
    default: true,
    description:
      "Whether new runs are taken. Off: a run, a batch, a retry of a run and a fork are refused; what runs goes on, with its tasks' retries and the runs that it calls.",
  },
  webhooks: {
    default: true,
    description:
      "Whether deliveries to webhooks are sent. Off: they wait where they are, and go on from there.",
  },
  retention: {
    default: true,
    description:
      "Whether `serve` lets runs that are past their time leave now and then. Off: everything stays, but for what `retention run` is asked for.",
  },
} as const satisfies Readonly<Record<string, { readonly default: boolean; readonly description: string }>>;

export type Flag = keyof typeof FLAGS;

export const isFlag = (name: string): name is Flag => Object.hasOwn(FLAGS, name);
export const FLAG_NAMES: readonly Flag[] = Object.keys(FLAGS).filter(isFlag);

/** What a configuration says; what it leaves out has its default. */
export type ConfiguredFlags = { readonly [flag in Flag]?: boolean };
