// What a replay has found so far.
import type { EventId, Json, Revision, RunEventType } from "../../domain/index.ts";
import type { Divergence, DivergenceKind } from "./divergence.ts";
import { RUN } from "./sequence.ts";

export type Spot = {
  readonly id: EventId;
  readonly revision: Revision;
  readonly type: RunEventType;
};

export type Found = {
  readonly kind: DivergenceKind;
  readonly path?: string;
  readonly expected: Json;
  readonly actual: Json;
};

export type FindingsKept = {
  readonly divergences: Divergence[];
  readonly unknown: Divergence[];
  /** What follows in this order is a consequence, and not told. */
  readonly isLost: (sequence: string) => boolean;
  readonly tell: (sequence: string, spot: Spot | undefined, found: Found) => void;
  /** The same, and from here on the two have nothing to do with each other. */
  readonly lose: (sequence: string, spot: Spot | undefined, found: Found) => void;
  readonly blind: (sequence: string, spot: Spot | undefined) => void;
};

export function findingsKept(): FindingsKept {
  const divergences: Divergence[] = [];
  const unknown: Divergence[] = [];
  const lost = new Set<string>();
  const tell: FindingsKept["tell"] = (sequence, spot, found) => {
    divergences.push(divergenceOf(sequence, spot, found));
  };
  return {
    divergences,
    unknown,
    isLost: (sequence) => lost.has(sequence),
    tell,
    lose: (sequence, spot, found) => {
      if (!lost.has(sequence)) tell(sequence, spot, found);
      lost.add(sequence);
    },
    blind: (sequence, spot) => {
      unknown.push(
        divergenceOf(sequence, spot, { kind: "unknown", expected: spot?.type ?? null, actual: null }),
      );
    },
  };
}

const divergenceOf = (sequence: string, spot: Spot | undefined, { kind, path, expected, actual }: Found) => ({
  task: sequence === RUN ? null : sequence,
  event: spot?.id ?? null,
  revision: spot?.revision ?? null,
  type: spot?.type ?? null,
  kind,
  ...(path !== undefined && { path }),
  expected,
  actual,
});
