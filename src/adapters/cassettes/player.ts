// Answers calls from a folder of recordings, and says what is nearest to a call that is not among them.
//
// 1. A recording answers once. Of several of the same content the one of the same task and attempt comes first, then the
//    first of the same task, then the first that is left: so they come in their order, and again so in a run that is
//    gone on with elsewhere.
// 2. Everything is read before the first call: a cassette that is damaged is refused before anything runs.
import {
  CassetteAnswer,
  type CassetteCall,
  callWithoutRun,
  contentText,
  differencesText,
  errorInfo,
  nearest,
  parseJson,
  withRun,
} from "../../domain/index.ts";
import type { Caller, Cassette } from "../../engine/index.ts";
import { grouped, type Kept, type Place, recordingsIn } from "./folder.ts";

export type Player = Extract<Cassette, { readonly kind: "play" }> & {
  readonly recordings: readonly Kept[];
};

export async function player(place: Place): Promise<Player> {
  const recordings = await recordingsIn(place);
  const byContent = grouped(inOrder(recordings), ({ call }) => contentText(call));
  const left = new Map([...byContent].map(([content, kept]) => [content, [...kept]]));
  return {
    kind: "play",
    recordings,
    answer: (made, caller) => {
      const call = callWithoutRun(made, caller.run);
      const content = contentText(call);
      const known = left.get(content);
      const next = known && taken(known, caller);
      if (next) return CassetteAnswer.parse(parseJson(withRun(JSON.stringify(next.answer), caller.run)));
      const recorded = byContent.get(content);
      const error = recorded
        ? usedUp(place.shown, recorded, call, caller)
        : missing(place.shown, recordings, call, caller);
      return { error };
    },
  };
}

const inOrder = (kept: readonly Kept[]): readonly Kept[] =>
  kept.toSorted((a, b) => (a.stem === b.stem ? a.n - b.n : a.stem < b.stem ? -1 : 1));

/** Taken out of what is left. */
function taken(left: Kept[], { task, attempt }: Caller): Kept | undefined {
  const own = left.findIndex((one) => one.task === task && one.attempt === attempt);
  const same = own < 0 ? left.findIndex((one) => one.task === task) : own;
  return left.splice(Math.max(0, same), 1)[0];
}

const REMEDY = "record it: the same command with --record in place of --play";

const named = ({ protocol, method }: CassetteCall, { task, attempt }: Caller): string =>
  `${protocol} ${method} of task ${task}${attempt > 1 ? ` (attempt ${attempt})` : ""}`;

function usedUp(folder: string, recorded: readonly Kept[], call: CassetteCall, caller: Caller) {
  const times = recorded.length === 1 ? "once" : `${recorded.length} times`;
  const files = recorded.map(({ file }) => file);
  return errorInfo(
    "CALL_NOT_RECORDED",
    `${named(call, caller)} is asked more often than it was recorded, ${times}, in the cassette ${folder} (${files.slice(0, 3).join(", ")}); ${REMEDY}`,
    { details: { cassette: folder, recorded: files } },
  );
}

function missing(folder: string, recordings: readonly Kept[], call: CassetteCall, caller: Caller) {
  const near = nearest(recordings, call, caller.task);
  const what = `${named(call, caller)} is not in the cassette ${folder}`;
  if (!near) {
    const methods = [...new Set(recordings.map((one) => `${one.call.protocol} ${one.call.method}`))];
    const has = methods.length === 0 ? "which is empty" : `which has calls of ${methods.join(", ")} only`;
    return errorInfo("CALL_NOT_RECORDED", `${what}, ${has}; ${REMEDY}`, { details: { cassette: folder } });
  }
  const { file, task } = near.one;
  const whose = task === caller.task ? "" : ` (of task ${task})`;
  return errorInfo(
    "CALL_NOT_RECORDED",
    `${what}. The nearest is ${file}${whose}: ${differencesText(near.differences)}. If that is right now, ${REMEDY}`,
    {
      details: {
        cassette: folder,
        nearest: file,
        differs: near.differences.slice(0, 20).map(({ path }) => path),
      },
    },
  );
}
