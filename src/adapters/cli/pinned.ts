// Lines that stay at the bottom of a terminal while others are written above them.
import type { Channel } from "./terminal.ts";

export type Pinned = {
  /** The same channel; whatever is written through it goes above the pinned lines. */
  readonly channel: Channel;
  /** Replaces the pinned lines; none takes them away. */
  readonly pin: (lines: readonly string[]) => void;
};

const ESC = "\u001b";
/** Up over what was drawn, and everything from there on is gone. */
const erased = (lines: number): string => (lines === 0 ? "" : `${ESC}[${lines}A${ESC}[0J`);

export function pinned(channel: Channel): Pinned {
  let shown: readonly string[] = [];
  const text = (): string => shown.map((line) => `${line}\n`).join("");
  return {
    channel: { ...channel, write: (above) => channel.write(erased(shown.length) + above + text()) },
    pin: (lines) => {
      if (lines.length === 0 && shown.length === 0) return;
      const before = erased(shown.length);
      shown = lines;
      channel.write(before + text());
    },
  };
}
