// How commands call a version of a registered workflow.
import { type Registration, versionText } from "../../engine/index.ts";

/** `version 2 (41e0c2b7a9d3)`, or the hash alone. */
export function versionTitle(registration: Registration): string {
  const { version, hash } = registration.event.data.workflow;
  const digits = hash.slice("sha256-".length, "sha256-".length + 12);
  return version === undefined ? `(${digits})` : `version ${versionText(registration)} (${digits})`;
}
