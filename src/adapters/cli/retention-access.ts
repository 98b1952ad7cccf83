// What commands are given of retention. compose/retention.ts fills it.
import type { Retained, RetentionPlan, RetentionPolicies } from "../../engine/index.ts";

export type RetentionAccess = {
  /** What would leave now, and what is to stay although its time is over. */
  readonly plan: () => Promise<
    RetentionPlan & {
      readonly policies: RetentionPolicies;
      /** Undefined where nothing outlives the process. */
      readonly archives: string | undefined;
      readonly count: number;
    }
  >;
  readonly run: () => Promise<Retained>;
};
