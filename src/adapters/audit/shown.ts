// Heads of the tree as others are told them.
import type { SignedCheckpoint } from "./auditor.ts";
import type { AcceptedRollback } from "./rollback.ts";
import { keysIn, verdictText, verifyBundle } from "./verifier/bundle.ts";
import type { Head } from "./verifier/merkle.ts";

export const shown = <H extends Head>({ root, ...head }: H) => ({
  ...head,
  root: Buffer.from(root).toString("base64"),
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
  const keys = (await Promise.all(vkeys.map((one) => keysIn(one)))).flat();
  const verdict = await verifyBundle(chunks, { keys, ...asked });
  return { verdict, text: verdictText(verdict) };
}
