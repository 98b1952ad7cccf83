// What a task waited for, in words.
import type { Gap } from "../../../projections/index.ts";
import { duration } from "./text.ts";

const WAITS: Readonly<Record<Gap["why"], string>> = {
  dependency: "waited for",
  place: "waited for a free place",
  retry: "waited for the next attempt",
  loss: "waited for another worker",
  signal: "waited for signal",
  approval: "waited for a decision",
  time: "waited for its time",
};

export const gapText = ({ from, to, why, task, signal }: Gap): string =>
  `${[WAITS[why], task, signal].filter((word) => word !== undefined).join(" ")} for ${duration(to - from)}`;
