// How commands call a version of a registered workflow.
import type { VersionDocument } from "../../engine/index.ts";

const digitsOf = (hash: string): string => hash.slice("sha256-".length, "sha256-".length + 12);

/** As its author calls it, or the beginning of its hash. */
export const versionName = ({ version, hash }: VersionDocument): string => version ?? digitsOf(hash);

/** `version 2 (41e0c2b7a9d3)`, or the hash alone. */
export const versionTitle = ({ version, hash }: VersionDocument): string =>
  version === null ? `(${digitsOf(hash)})` : `version ${version} (${digitsOf(hash)})`;
