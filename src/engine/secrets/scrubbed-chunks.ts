// Live chunks without secrets. A secret may come in pieces, so an end that could be the beginning of one waits for what
// follows; nothing else is held up.
import type { CallContext } from "../ports/index.ts";
import type { Scrub } from "./scrub.ts";

type Emit = CallContext["emit"];

export type ScrubbedChunks = {
  readonly emit: Emit;
  /** Nothing follows: what was held up goes out. */
  readonly end: () => void;
};

export function scrubbedChunks(scrub: Scrub, emit: Emit): ScrubbedChunks {
  const held = new Map<string, string>();
  const send = (kind: string, text: string): void => {
    if (text !== "") emit({ kind, text });
  };
  return {
    emit: ({ kind, text }) => {
      const clean = scrub.text((held.get(kind) ?? "") + text);
      const sure = clean.length - scrub.openEnd(clean);
      held.set(kind, clean.slice(sure));
      send(kind, clean.slice(0, sure));
    },
    end: () => {
      for (const [kind, text] of held) send(kind, scrub.cut(text));
      held.clear();
    },
  };
}
