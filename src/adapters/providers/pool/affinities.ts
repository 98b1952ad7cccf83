// Where calls with the same affinity went last. The ones that were not heard of for longest are forgotten.
import type { Steer } from "../../../domain/index.ts";

const MOST = 10_000;

export function affinities() {
  const places = new Map<string, string>();
  return {
    of: (steer: Steer | undefined): string | undefined => places.get(steer?.affinity ?? ""),
    keep: (steer: Steer | undefined, instance: string): void => {
      const affinity = steer?.affinity;
      if (affinity === undefined || affinity === "") return;
      places.delete(affinity);
      places.set(affinity, instance);
      if (places.size <= MOST) return;
      const [oldest] = places.keys();
      if (oldest !== undefined) places.delete(oldest);
    },
  };
}
