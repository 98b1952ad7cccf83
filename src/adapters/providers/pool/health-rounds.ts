// Health checks: every so often each instance is asked how it is, and what it says is kept if it is news.
import { healthChecked, type Millis, type Pool, type Step, type Time } from "../../../domain/index.ts";
import type { Clock, Health } from "../../../engine/ports/index.ts";
import type { PoolMember } from "./member.ts";

export type HealthPolicy = {
  readonly intervalMs: Millis;
  readonly timeoutMs: Millis;
  /** Checks in a row that must say so before an instance is unhealthy. */
  readonly unhealthyAfter: number;
};

type Rounds = {
  readonly members: readonly PoolMember[];
  readonly health?: HealthPolicy;
  readonly clock: Clock;
  readonly change: (how: (pool: Pool, time: Time) => Step) => void;
};

export function healthRounds({ members, health: policy, clock, change }: Rounds) {
  let cancel = (): void => undefined;
  let isOver = false;

  const round = async (): Promise<void> => {
    if (!policy) return;
    const asked = members.filter(({ provider }) => provider.health !== undefined);
    await Promise.all(
      asked.map(async ({ instance: { id }, provider }) => {
        const health = await inTime(healthOf(provider), policy.timeoutMs, clock);
        if (isOver) return;
        const found = {
          isHealthy: health.status !== "unhealthy",
          ...(health.detail !== undefined && { detail: health.detail }),
        };
        change((pool) => healthChecked(pool, id, found, policy.unhealthyAfter));
      }),
    );
    later();
  };

  const later = (): void => {
    if (policy && !isOver) cancel = clock.after(policy.intervalMs, () => void round());
  };

  return {
    begin: later,
    end: () => {
      isOver = true;
      cancel();
    },
  };
}

/** One that cannot be asked is not well. */
async function healthOf(provider: PoolMember["provider"]): Promise<Health> {
  try {
    return (await provider.health?.()) ?? { status: "healthy" };
  } catch (error) {
    return { status: "unhealthy", detail: error instanceof Error ? error.message : String(error) };
  }
}

function inTime(health: Promise<Health>, timeoutMs: Millis, clock: Clock): Promise<Health> {
  return new Promise((resolve) => {
    const cancel = clock.after(timeoutMs, () =>
      resolve({
        status: "unhealthy",
        detail: `no answer to the health check within ${timeoutMs / 1000} seconds`,
      }),
    );
    void health.then((found) => {
      cancel();
      resolve(found);
    });
  });
}
