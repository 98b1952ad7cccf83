// What commands are given of retention. compose/store/retention.ts fills it.
import type { Retained, ShownRetention } from "../../engine/index.ts";

export type RetentionAccess = {
  /** What would leave now, and what is to stay although its time is over. */
  readonly plan: () => Promise<ShownRetention>;
  readonly run: () => Promise<Retained>;
};
