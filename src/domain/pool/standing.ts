// How the instances of a provider stand, as its log tells: what is left of it when the process that knew more is gone.
//
// Several processes write into one stream, and each of them saw the same server fail: an event that says what is known
// already changes nothing, and one about an instance that nobody added is about one that was not known yet.
import { unreachable } from "../errors.ts";
import { type Millis, millisOf } from "../instant.ts";
import type { PoolEvent } from "./pool-events.ts";

export type Breaker =
  | { readonly kind: "closed" }
  /** `until`: by the wall clock, since it outlives the process. */
  | { readonly kind: "open"; readonly until: Millis }
  | { readonly kind: "half-open" };

export type Standing = {
  readonly breaker: Breaker;
  readonly isHealthy: boolean;
  readonly isDraining: boolean;
  readonly protocol?: string;
  readonly endpoint?: string;
};

/** By the instance's name, in the order in which they were added. */
export type Standings = ReadonlyMap<string, Standing>;

export const NEW: Standing = { breaker: { kind: "closed" }, isHealthy: true, isDraining: false };

export function evolveStandings(standings: Standings, event: PoolEvent): Standings {
  const { instance } = event.data;
  const after = new Map(standings);
  if (event.type === "InstanceRemoved") after.delete(instance);
  else after.set(instance, evolveStanding(standings.get(instance) ?? NEW, event));
  return after;
}

type Staying = Exclude<PoolEvent, { readonly type: "InstanceRemoved" }>;

function evolveStanding(standing: Standing, event: Staying): Standing {
  switch (event.type) {
    case "InstanceAdded": {
      const { protocol, endpoint } = event.data;
      return { ...standing, protocol, ...(endpoint !== undefined && { endpoint }) };
    }
    case "InstanceDraining":
      return { ...standing, isDraining: true };
    case "InstanceResumed":
      return { ...standing, isDraining: false };
    case "InstanceUnhealthy":
      return { ...standing, isHealthy: false };
    case "InstanceHealthy":
      return { ...standing, isHealthy: true };
    case "BreakerOpened":
      return { ...standing, breaker: { kind: "open", until: millisOf(event.data.until) } };
    case "BreakerHalfOpened":
      return { ...standing, breaker: { kind: "half-open" } };
    case "BreakerClosed":
      return { ...standing, breaker: { kind: "closed" } };
    default:
      return unreachable(event);
  }
}

export type Configured = { readonly id: string; readonly protocol: string; readonly endpoint?: string };

/**
 * What to record where other instances are configured than those that the log knows. `replaced`: somebody else under an
 * old name, of whom what was found before says nothing; that it gets no calls stays asked for.
 */
export function membershipChanges(
  standings: Standings,
  configured: readonly Configured[],
  replaced: ReadonlySet<string> = new Set(),
): readonly PoolEvent[] {
  const ids = new Set(configured.map(({ id }) => id));
  const gone = [...standings.keys()].filter((id) => !ids.has(id) || replaced.has(id));
  const isKnown = ({ id, protocol, endpoint }: Configured): boolean => {
    const known = standings.get(id);
    return known?.protocol === protocol && known.endpoint === endpoint && !replaced.has(id);
  };
  return [
    ...gone.map((instance): PoolEvent => ({ type: "InstanceRemoved", data: { instance } })),
    ...configured
      .filter((one) => !isKnown(one))
      .flatMap(({ id: instance, protocol, endpoint }): readonly PoolEvent[] => {
        const data = { instance, protocol, ...(endpoint !== undefined && { endpoint }) };
        const isDraining = replaced.has(instance) && standings.get(instance)?.isDraining;
        return [
          { type: "InstanceAdded", data },
          ...(isDraining ? [{ type: "InstanceDraining", data: { instance } } as const] : []),
        ];
      }),
  ];
}
