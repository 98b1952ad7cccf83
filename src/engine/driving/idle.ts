import { nextAction, type RunState } from "../../domain/index.ts";
import type { Kit } from "../host.ts";

/** The run is this process's own, and nothing could be done for it now, whatever place were free. */
export const isIdle = ({ incarnations, clock }: Kit, state: RunState): boolean =>
  state.head.owner === incarnations.own &&
  state.head.running === 0 &&
  nextAction(state, { slots: 1, now: clock.now() }) === undefined;
