// What a document of the Python original says otherwise than it would be written, or means otherwise than it did.
import type { Path, PathProblem } from "./problems.ts";

/** `key`: another word for the same. `differs`: the same words, and something else happens. */
export type Change = Pick<PathProblem, "message" | "path" | "at"> & {
  readonly kind: "key" | "differs";
  /** What stands there now, where it can be written there without changing anything else. */
  readonly to?: string;
};

export const differs = (message: string, path: Path, at?: "key"): Change => ({
  kind: "differs",
  message,
  path,
  ...(at && { at }),
});
