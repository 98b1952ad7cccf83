// What --record and --play come to. Known before anything is opened: providers are made by it.
import { z } from "zod";
import { GleitzeitError } from "../../domain/index.ts";
import { optionsOf } from "./options.ts";

/** `isAnew`: what the folder has of a call is replaced when it is made again. */
export type CassetteOption = {
  readonly kind: "record" | "play";
  readonly folder: string;
  readonly isAnew: boolean;
};

const Folder = z.string().min(1, "must not be empty").optional();
const Options = z.object({ record: Folder, play: Folder, detach: z.boolean().default(false) });

/** Commands that go on with what is there, or take what comes, leave what was recorded before. */
const ADDING: ReadonlySet<string> = new Set(["resume", "retry", "worker"]);

/** USAGE_ERROR where both are given, or nobody stays to see the calls. */
export function cassetteIn(command: string, typed: unknown): CassetteOption | undefined {
  const { record, play, detach } = optionsOf(Options, typed);
  if (record !== undefined && play !== undefined)
    throw new GleitzeitError(
      "USAGE_ERROR",
      "--record makes the calls and --play makes none; give one of them",
    );
  const folder = record ?? play;
  if (folder === undefined) return undefined;
  const kind = record === undefined ? "play" : "record";
  if (detach)
    throw new GleitzeitError(
      "USAGE_ERROR",
      `--${kind} is for whoever makes the calls, and --detach leaves them to another: give it to that worker`,
    );
  return { kind, folder, isAnew: !ADDING.has(command) };
}
