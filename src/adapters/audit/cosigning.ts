// The newest checkpoint is shown to every witness; what they sign stands in the log, behind what it is about.
import { AUDIT_EVENT_VERSION, AUDIT_STREAM } from "../../domain/index.ts";
import { type EventStore, type Outbound, plainEvent, type Recording } from "../../engine/ports/index.ts";
import { auditLogIn } from "./audit-log.ts";
import type { Cosignature } from "./cosignature.ts";
import { proving } from "./proofs.ts";
import { appendAtEnd } from "./stream-end.ts";
import type { TileStore } from "./tile-store.ts";
import { tileReading } from "./tiles.ts";
import { askWitness, type Witness, type Witnessed } from "./witness.ts";

export type CosigningParts = {
  readonly events: EventStore;
  readonly tiles: TileStore;
  readonly witnesses: readonly Witness[];
  readonly outbound: Outbound;
  readonly recording: Recording;
};

export type Cosigned = {
  readonly size: number;
  readonly cosignatures: readonly Cosignature[];
  /** What did not come of it, by witness. */
  readonly problems: readonly { readonly witness: string; readonly why: string }[];
};

export type Cosigning = { readonly ask: (signal: AbortSignal) => Promise<Cosigned | undefined> };

export function cosigning({ events, tiles, witnesses, outbound, recording }: CosigningParts): Cosigning {
  const seen = new Map<string, number>();

  return {
    ask: async (signal) => {
      const { last } = await auditLogIn(events);
      if (!last || witnesses.length === 0) return undefined;
      const { size, note, revision } = last;
      const { consistency } = proving(tileReading(tiles).nodes);
      const toCosign = { note, size, consistency: (from: number) => consistency(from, size) };
      const answers = await Promise.all(
        witnesses.map(async (witness) => {
          const answer = await askWitness(witness, toCosign, seen.get(witness.url) ?? 0, {
            outbound,
            signal,
          }).catch(
            (error: unknown): Witnessed => ({
              ok: false,
              why: error instanceof Error ? error.message : String(error),
            }),
          );
          if (answer.ok) seen.set(witness.url, size);
          return { witness: witness.key.name, ...answer };
        }),
      );
      const cosignatures = answers.flatMap((one) => (one.ok ? [one.cosignature] : []));
      const problems = answers.flatMap((one) => (one.ok ? [] : [{ witness: one.witness, why: one.why }]));
      if (cosignatures.length > 0) {
        const data = {
          size: String(size),
          root: Buffer.from(last.root).toString("base64"),
          checkpoint: revision,
          signatures: cosignatures.map(({ line }) => line.trimEnd()),
        };
        const event = plainEvent({ type: "CheckpointCosigned", data }, AUDIT_EVENT_VERSION, recording);
        await appendAtEnd(events, AUDIT_STREAM, [event]);
      }
      return { size, cosignatures, problems };
    },
  };
}
