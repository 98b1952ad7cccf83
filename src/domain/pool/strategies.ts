// Which of several instances that could take a call gets it: a few lines for each strategy, in one table.
import type { Member } from "./member.ts";

/** All could take the call at once. */
export type Open = readonly [Member, ...Member[]];

type Pick = (open: Open, fraction: number) => Member;

export const STRATEGIES = {
  least_loaded: (open) => least(open, ({ load, instance }) => (load.inFlight + 1) / instance.weight),
  round_robin: (open) => least(open, ({ load, instance }) => -(load.credit + instance.weight)),
  random: (open, fraction) => drawnBy(open, fraction, () => 1),
  weighted_random: (open, fraction) => drawnBy(open, fraction, ({ instance }) => instance.weight),
  least_response_time: (open) => least(open, (one) => expectedMs(one, open)),
  /** Its key has decided before, where there is one. */
  hash: (open) => least(open, ({ load, instance }) => (load.inFlight + 1) / instance.weight),
  priority: (open) => {
    const first = Math.min(...open.map(({ instance }) => instance.priority));
    return least(open, ({ load, instance }) =>
      instance.priority === first ? (load.inFlight + 1) / instance.weight : Number.POSITIVE_INFINITY,
    );
  },
  /** Each gets as much as it does well: fast, idle, and without failures. */
  adaptive: (open, fraction) =>
    drawnBy(open, fraction, (one) => {
      const { load, instance } = one;
      return (instance.weight * (1 - load.faults) ** 2) / Math.max(1, expectedMs(one, open));
    }),
} as const satisfies Record<string, Pick>;

export type Strategy = keyof typeof STRATEGIES;

/** Of equals, the one that was not chosen for longest. */
function least(open: Open, scoreOf: (member: Member) => number): Member {
  let [best] = open;
  let lowest = scoreOf(best);
  for (const member of open.slice(1)) {
    const score = scoreOf(member);
    if (score > lowest || (score === lowest && member.load.turn >= best.load.turn)) continue;
    best = member;
    lowest = score;
  }
  return best;
}

/** With what is under way. One that never answered is tried, but not by many before it has. */
function expectedMs({ load }: Member, open: Open): number {
  const { tookMs, inFlight } = load;
  if (tookMs !== undefined) return tookMs * (inFlight + 1);
  const known = open.flatMap((one) => one.load.tookMs ?? []);
  return inFlight === 0 ? 0 : Math.max(1, ...known) * (inFlight + 1);
}

function drawnBy(open: Open, fraction: number, shareOf: (member: Member) => number): Member {
  const shares = open.map(shareOf);
  const total = shares.reduce((sum, share) => sum + share, 0);
  let left = fraction * total;
  for (const [i, member] of open.entries()) {
    left -= shares[i] ?? 0;
    if (left < 0) return member;
  }
  return open.at(-1) ?? open[0];
}
