// Recorded calls of providers, as the engine uses them: what is called is kept, or what is kept answers the calls.
import type { CassetteAnswer, CassetteCall, RunId, TaskId } from "../../domain/index.ts";

/** Whose call it is. */
export type Caller = { readonly run: RunId; readonly task: TaskId; readonly attempt: number };

export type Cassette =
  | {
      readonly kind: "record";
      /** Resolves when it is on the disk. GleitzeitError where it cannot be kept. */
      readonly keep: (call: CassetteCall, caller: Caller, answer: CassetteAnswer) => Promise<void>;
    }
  | {
      readonly kind: "play";
      /** CALL_NOT_RECORDED, as an answer, where there is none. */
      readonly answer: (call: CassetteCall, caller: Caller) => CassetteAnswer;
    };
