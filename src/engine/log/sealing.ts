// How a run is sealed: not at all, with a key, or with one that is destroyed.
import { GleitzeitError } from "../../domain/index.ts";
import type { Blob, BlobStore, Captured, Sealed, SealKey, Seals, Sha256 } from "../ports/index.ts";
import { blobOf, jsonBlob } from "./encode.ts";

export type Sealing = SealKey | "erased" | undefined;

export async function sealingOf(
  { sealed }: { readonly sealed?: Sealed },
  tenant: string,
  seals: Seals,
): Promise<Sealing> {
  return sealed && ((await seals.keyOf(tenant, sealed.keyId)) ?? "erased");
}

/** What the blobs of a run hold: files, listings, large values. Definitions and lists of hashes are never sealed. */
export function contentsOf(blobs: BlobStore, sealing: Sealing): BlobStore {
  if (sealing === undefined) return blobs;
  return {
    ...blobs,
    get: async (tenant, hash) => {
      if (sealing === "erased") throw erased();
      const bytes = await blobs.get(tenant, hash);
      return bytes && sealing.openBlob(bytes, tenant);
    },
  };
}

/** What a submission captures, as it is stored. */
export type Stored = {
  readonly file: <C extends Captured>(captured: C) => C;
  /** File names of a batch. */
  readonly list: (paths: readonly string[]) => Blob;
};

export const storedInClear = (sha256: Sha256): Stored => ({
  file: (captured) => captured,
  list: (paths) => jsonBlob(paths, sha256),
});

export function storedSealed(seal: SealKey, tenant: string, sha256: Sha256): Stored {
  const blob = (bytes: Uint8Array): Blob => blobOf(seal.sealBlob(bytes, tenant), sha256);
  return {
    file: (captured) => {
      const { hash, bytes } = blob(captured.bytes);
      return { ...captured, file: { ...captured.file, hash, size: bytes.length }, bytes };
    },
    list: (paths) => blob(jsonBlob(paths, sha256).bytes),
  };
}

export const erased = (what = "what this run was given and came to"): GleitzeitError =>
  new GleitzeitError(
    "SUBJECT_ERASED",
    `${what} is erased: its key was destroyed, and nobody can read it any more`,
  );
