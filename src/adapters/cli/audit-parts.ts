// What commands are given of the audit log. compose/audit/audit.ts fills it.
import type { Position } from "../../domain/index.ts";
import type { ExportedPart, TrailAsked, TrailEntry } from "../../engine/ports/index.ts";

export type SignedHead = {
  readonly origin: string;
  readonly size: number;
  /** Base64. */
  readonly root: string;
  readonly note: string;
};

export type WitnessAnswer = {
  readonly name: string;
  readonly cosignedAt?: string;
  /** Why it has not. */
  readonly problem?: string;
};

export type LogFindingShown = {
  readonly kind: string;
  readonly message: string;
  readonly position?: string;
  readonly stream?: string;
  readonly revision?: number;
  readonly leafIndex?: number;
};

export type TimesBackShown = {
  readonly count: number;
  readonly farthest: { readonly position: string; readonly recordedAt: string; readonly after: string };
};

export type BundleVerdict =
  | {
      readonly ok: true;
      readonly origin: string;
      readonly scope: { readonly run: string; readonly children: boolean } | { readonly all: true };
      readonly checkpoint: { readonly size: number; readonly root: string };
      readonly signers: readonly string[];
      readonly events: number;
      readonly complete: boolean;
    }
  | {
      readonly ok: false;
      readonly problem: {
        readonly kind: string;
        readonly message: string;
        readonly line?: number;
        readonly event?: string;
      };
    };

export type Auditing = {
  /** The last checkpoint that stands in the log; undefined before there is one. */
  latest(): Promise<SignedHead | undefined>;
  /** Undefined before anything was signed. */
  vkeys(): Promise<
    { readonly origin: string; readonly current: string; readonly old: readonly string[] } | undefined
  >;
  /** One of everything that is durable now. */
  checkpoint(): Promise<SignedHead & { readonly witnesses?: readonly WitnessAnswer[] }>;
  verify(
    vkeys: readonly string[],
    progress: (done: number, all: number) => void,
  ): Promise<{
    readonly place: string;
    readonly leaves: number;
    readonly checkpoints: number;
    readonly problems: readonly LogFindingShown[];
    readonly found: number;
    readonly witnessed: readonly {
      readonly name: string;
      readonly size: number;
      readonly cosignedAt: string;
    }[];
    /** By a second or more from one event to the next, if they do. */
    readonly timesBack: TimesBackShown | undefined;
    /** What came after the last checkpoint, if anything did. */
    readonly unsigned: { readonly count: number; readonly first: string } | undefined;
    /** Archives of runs that have left, which are not where archives are. */
    readonly archivesGone: readonly string[];
  }>;
  prove(eventId: string): Promise<{ readonly index: number; readonly size: number; readonly text: string }>;
  /** Itself recorded. `actor`: an id, the beginning of one, or a name in the directory. */
  trail(asked: TrailAsked): Promise<AsyncIterable<TrailEntry>>;
  acceptRollback(reason: string): Promise<{
    readonly origin: string;
    readonly size: number;
    readonly kept: { readonly size: number; readonly root: string };
    readonly vkey: string;
  }>;
  /** `isLost`: the key that signs is nowhere any more; another one takes its place at once. */
  rotate(asked: {
    readonly reason?: string;
    readonly isLost: boolean;
  }): Promise<{ readonly added: readonly string[]; readonly retired: readonly string[] }>;
  /** `since`: a signed note. The lines are read as they are wanted. */
  bundle(what: ExportedPart, since?: string): Promise<AsyncIterable<string>>;
  /**
   * Records that this leaves the log in some form, from behind `after` up to and with `upTo`. `since`: a signed note, whose
   * events have left before.
   */
  exported(
    format: string,
    what: ExportedPart | { readonly subject: string },
    since?: string,
  ): Promise<{ readonly origin: string; readonly after: Position | "start"; readonly upTo: Position }>;
};

/** Opens nothing but what it is given. */
export type VerifyBundle = (
  chunks: AsyncIterable<Uint8Array>,
  asked: { readonly vkeys: readonly string[]; readonly since?: string; readonly requireComplete: boolean },
) => Promise<{ readonly verdict: BundleVerdict; readonly text: string }>;
