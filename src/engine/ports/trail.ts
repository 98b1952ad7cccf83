// The log as an auditor asks it: who did what to what. The audit log answers, commands ask.
import type { Actor, Instant } from "../../domain/index.ts";

export type TrailOutcome = "success" | "failure" | "denied";

export type TrailAsked = {
  /** An id, the beginning of one, or a name in the directory. */
  readonly actor?: string;
  /** The beginning of the id of a run, subject, key, endpoint or whatever else has a stream. */
  readonly on?: string;
  /** Decided or read of that person, by the name that their runs were given, or done to those. */
  readonly person?: string;
  /** `TaskFailed`, `Task*`: any of them; none for all. */
  readonly types: readonly string[];
  readonly outcome?: TrailOutcome;
  readonly since?: Instant;
  readonly everything: boolean;
};

/** As it is looked for in the log, which has no names. */
export type TrailSought = Omit<TrailAsked, "person"> & {
  /** The pseudonym of a person. */
  readonly subject?: string;
};

export type TrailEntry = {
  readonly position: string;
  readonly at: string;
  readonly actor: Actor & { readonly name?: string };
  readonly what: string;
  readonly on: { readonly kind: string; readonly id: string; readonly tenant: string };
  readonly task?: string;
  /** Which run, and which person by pseudonym, it was about, where the stream does not say it. */
  readonly run?: string;
  readonly subject?: string;
  /** In which form it was taken out. */
  readonly format?: string;
  /** In how many answers it was read. */
  readonly count?: number;
  /** Which flag or quota, and how it stands from there on: `submissions off`; its name alone where it was cleared. */
  readonly setting?: string;
  readonly outcome: TrailOutcome;
  /** As it was given; absent where it is sealed or gone. */
  readonly why?: string;
  readonly eventId: string;
  readonly correlationId?: string;
  readonly causationId?: string;
  readonly worker?: string;
  /** Of its leaf in the tree; absent as long as no checkpoint covers it. */
  readonly leafIndex?: number;
};
