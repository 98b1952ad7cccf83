// The health of a pool: each of its instances as it answers now, beside how it stands in the log.
import { instantOf, type Standing, type Standings } from "../../../domain/index.ts";
import type { Health, InstanceHealth } from "../../../engine/ports/index.ts";
import type { PoolMember } from "./member.ts";

export async function poolHealth(members: readonly PoolMember[], standings: Standings): Promise<Health> {
  const instances = await Promise.all(
    members.map(async ({ instance: { id }, provider }): Promise<InstanceHealth> => {
      const { status, detail } = (await provider.health?.()) ?? { status: "healthy" as const };
      return { instance: id, status, ...(detail !== undefined && { detail }), ...stands(standings.get(id)) };
    }),
  );
  const able = instances.filter(
    ({ status, breaker, draining }) => status !== "unhealthy" && breaker !== "open" && !draining,
  );
  const status = able.length === instances.length ? "healthy" : able.length > 0 ? "degraded" : "unhealthy";
  return { status, detail: `${able.length} of ${instances.length} instances take calls`, instances };
}

function stands(standing: Standing | undefined): Pick<InstanceHealth, "breaker" | "until" | "draining"> {
  const breaker = standing?.breaker ?? { kind: "closed" };
  return {
    breaker: breaker.kind,
    ...(breaker.kind === "open" && { until: instantOf(breaker.until) }),
    draining: standing?.isDraining ?? false,
  };
}
