// Keeps each call that is answered as a file of its own.
//
// 1. A file is there whole or not at all: written beside, flushed, and linked to a name that nobody has.
// 2. Several processes may record into one folder; none takes the name of a file that another has made.
// 3. Recording anew replaces what the folder had of a call when it is made again; recording more adds to it.
import { rm } from "node:fs/promises";
import { join } from "node:path";
import {
  callWithoutRun,
  contentText,
  recordingName,
  recordingStem,
  recordingText,
  withoutRun,
} from "../../domain/index.ts";
import type { Cassette, Random, Sha256 } from "../../engine/index.ts";
import { grouped, openedForRecording, type Place, unusable } from "./folder.ts";
import { newFile } from "./new-file.ts";

export type RecorderOptions = {
  readonly place: Place;
  readonly isAnew: boolean;
  readonly sha256: Sha256;
  readonly random: Pick<Random, "eventId">;
};

type Recorder = Extract<Cassette, { readonly kind: "record" }>;

/** Before anything is called it is known that the folder can be written to. */
export async function recorder({ place, isAnew, sha256, random }: RecorderOptions): Promise<Recorder> {
  const before = await openedForRecording(place, random.eventId());
  const earlier = grouped(isAnew ? before : [], ({ stem }) => stem);
  const cleared = new Map<string, Promise<void>>();
  const counts = new Map<string, number>();

  const clear = async (stem: string): Promise<void> => {
    await Promise.all(
      (earlier.get(stem) ?? []).map(({ name }) => rm(join(place.folder, name), { force: true })),
    );
  };
  const clearedOnce = (stem: string): Promise<void> => {
    const known = cleared.get(stem) ?? clear(stem);
    cleared.set(stem, known);
    return known;
  };

  return {
    kind: "record",
    keep: async (call, { run, task, attempt }, answer) => {
      const content = contentText(callWithoutRun(call, run));
      const stem = recordingStem(task, sha256(new TextEncoder().encode(content)));
      const text = withoutRun(recordingText({ task, attempt, call, answer }), run);
      try {
        await clearedOnce(stem);
        await newFile({ folder: place.folder, draft: random.eventId(), text }, () => {
          const n = (counts.get(stem) ?? 0) + 1;
          counts.set(stem, n);
          return recordingName(stem, n);
        });
      } catch (error) {
        throw unusable(place.shown, error);
      }
    },
  };
}
