// A row of the table of routes: who may ask it, a request that it answers, one that it cannot understand, and one for what
// is not there.
import { type Json, ROLES, type Role } from "../../../../src/domain/index.ts";

export type Asking = {
  readonly path: string;
  readonly body?: Json;
  /** 200 for what is good, 422 for what is bad, 404 for what is missing. */
  readonly status?: number;
};

/** What there is on the server that is asked. */
export type World = {
  /** Over, with the definition that it ran. */
  readonly run: string;
  readonly definition: string;
  readonly failed: string;
  /** Two that wait for the signal `paid`, and one for a decision on `ask`. */
  readonly waiting: string;
  readonly doomed: string;
  readonly asking: string;
  readonly event: string;
  readonly key: string;
  readonly webhook: string;
  readonly delivery: string;
};

export type Row = {
  readonly route: string;
  readonly roles: readonly Role[];
  readonly good: (world: World) => Asking;
  /** `nothing`: it takes nothing that could be bad. */
  readonly bad: Asking | "nothing";
  /** `nothing`: it names nothing that could be missing. */
  readonly missing: Asking | "nothing";
  /** It stays open. */
  readonly isStream?: true;
};

export const everybody: readonly Role[] = ROLES;
export const operating: readonly Role[] = ["operator", "admin"];
export const watching: readonly Role[] = ["operator", "admin", "auditor"];
export const auditing: readonly Role[] = ["admin", "auditor"];
export const admin: readonly Role[] = ["admin"];

export const NOBODY = "00000000-0000-7000-8000-000000000000";
export const NO_HASH = `sha256-${"0".repeat(64)}`;
export const SURPRISE = { surprise: 1 };
