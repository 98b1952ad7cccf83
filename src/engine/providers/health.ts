// How providers are, by the name they go by: an endpoint that speaks several protocols is one thing to whoever looks.
import type { Health, Provider } from "../ports/index.ts";

export type NamedHealth = {
  readonly name: string;
  /** In the order of the registry. */
  readonly protocols: readonly [string, ...string[]];
  readonly health: Health;
};

type Named = readonly [Provider, ...Provider[]];

/** Each name once, where it stands first. */
export function byName(providers: readonly Provider[]): readonly Named[] {
  const found = new Map<string, Named>();
  for (const one of providers) {
    const [first, ...others] = found.get(one.name) ?? [one];
    found.set(one.name, first === one ? [one] : [first, ...others, one]);
  }
  return [...found.values()];
}

/** As bad as the worst of them, with all that they say. */
export async function namedHealth([first, ...others]: Named): Promise<NamedHealth> {
  const told = await asked(first);
  const rest = await Promise.all(others.map(asked));
  return {
    name: first.name,
    protocols: [first.protocol, ...others.map(({ protocol }) => protocol)],
    health: rest.reduce(joined, told),
  };
}

const asked = async (provider: Provider): Promise<Health> =>
  (await provider.health?.()) ?? { status: "healthy" };

const WORST: readonly Health["status"][] = ["unhealthy", "degraded", "healthy"];

function joined(one: Health, other: Health): Health {
  const details = new Set([one.detail, other.detail].filter((detail) => detail !== undefined));
  return {
    ...other,
    ...one,
    status: WORST.find((status) => status === one.status || status === other.status) ?? one.status,
    ...(details.size > 0 && { detail: [...details].join("; ") }),
  };
}
