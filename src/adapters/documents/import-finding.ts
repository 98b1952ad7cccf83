import type { Problem } from "../../domain/index.ts";

export type Finding = {
  /** It does not run so · it runs, and something else happens · another word for the same. */
  readonly kind: "refused" | "differs" | "key";
  readonly message: string;
  readonly code?: Problem["code"];
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
  readonly path?: string;
};
