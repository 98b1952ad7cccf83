// Heads of the tree as others are told them.
import { instantOf } from "../../domain/index.ts";
import type { SignedCheckpoint } from "./auditor.ts";
import type { WitnessedHead } from "./cosigned-heads.ts";
import type { Cosigned } from "./cosigning.ts";
import type { AcceptedRollback } from "./rollback.ts";
import { trustedKeys } from "./trusted-keys.ts";
import { verdictText, verifyBundle } from "./verifier/bundle.ts";
import type { Head } from "./verifier/merkle.ts";

export const shown = <H extends Head>({ root, ...head }: H) => ({
  ...head,
  root: Buffer.from(root).toString("base64"),
});

/** A note with the lines of those who cosigned it, and what each witness did. */
export function shownCosigned(signed: SignedCheckpoint, cosigned: Cosigned | undefined) {
  if (!cosigned) return shown(signed);
  const isSame = cosigned.size === signed.size;
  const note = `${signed.note}${isSame ? cosigned.cosignatures.map(({ line }) => line).join("") : ""}`;
  const witnesses = [
    ...cosigned.cosignatures.map(({ witness: name, seconds }) => ({ name, cosignedAt: instantIn(seconds) })),
    ...cosigned.problems.map(({ witness: name, why }) => ({ name, problem: why })),
  ];
  return { ...shown(signed), note, witnesses };
}

/** Of a time in whole seconds, as witnesses tell it. */
const instantIn = (seconds: number): string => instantOf(Math.min(seconds, LATEST_SECOND) * 1000);

const LATEST_SECOND = 253_402_300_799;

export const shownWitnessed = ({ witness, size, seconds }: WitnessedHead) => ({
  name: witness,
  size,
  cosignedAt: instantIn(seconds),
});

type Logged = { readonly origin: string; readonly last: (Head & Pick<SignedCheckpoint, "note">) | undefined };

export function shownHead(found: Logged | undefined) {
  if (!found?.last) return undefined;
  const { size, root, note } = found.last;
  return shown({ origin: found.origin, size, root, note });
}

export const shownRollback = ({ kept, ...rest }: AcceptedRollback) => ({ ...rest, kept: shown(kept) });

export type GivenToVerify = {
  readonly vkeys: readonly string[];
  readonly since?: string;
  readonly requireComplete: boolean;
};

export async function verifyGiven(chunks: AsyncIterable<Uint8Array>, { vkeys, ...asked }: GivenToVerify) {
  const keys = await trustedKeys(vkeys);
  const verdict = await verifyBundle(chunks, { keys, ...asked });
  return { verdict, text: verdictText(verdict) };
}
