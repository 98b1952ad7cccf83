// Calls that a program has not answered yet, by their ids.
//
// 1. A call that is left stays known until it is answered, so that its answer is not taken for a stranger's.
// 2. An answer to what nobody asked says that the other side has lost count: nothing it says can be trusted then.
// 3. Without an id an answer is for the one call that waits, if there is one.
import type { JsonObject } from "../../../domain/index.ts";
import type { Heard } from "./message.ts";
import { type Reply, replyIn } from "./reply.ts";

type Waiting = {
  readonly take: (reply: Reply) => void;
  readonly fail: (error: Error) => void;
  readonly onTold?: ((method: string, params: JsonObject) => void) | undefined;
};

export type WaitingCalls = {
  readonly add: (call: Waiting) => number;
  /** Nobody waits for it any more; `late` is called off with its answer. */
  readonly leave: (id: number, late?: () => void) => void;
  /** What is wrong with what was said; undefined where nothing is. */
  readonly hear: (said: Heard) => string | undefined;
  readonly failAll: (error: Error) => void;
};

export function waitingCalls(who: string): WaitingCalls {
  const waiting = new Map<number, Waiting>();
  const left = new Map<number, () => void>();
  let count = 0;

  const answered = (id: number, reply: Reply): void => {
    waiting.get(id)?.take(reply);
    waiting.delete(id);
    left.get(id)?.();
    left.delete(id);
  };

  return {
    add: (call) => {
      count += 1;
      waiting.set(count, call);
      return count;
    },
    leave: (id, late) => {
      if (waiting.delete(id) && late) left.set(id, late);
    },
    hear: (said) => {
      if (said.kind === "told") {
        const { id } = said.params;
        if (typeof id === "number") waiting.get(id)?.onTold?.(said.method, said.params);
        return undefined;
      }
      const reply = replyIn(said, who);
      if (!reply || said.kind === "noise") return undefined;
      const [only] = waiting.size === 1 ? waiting.keys() : [];
      const id = said.id ?? only;
      if (id === undefined) return undefined;
      if (typeof id !== "number" || !Number.isInteger(id) || id < 1 || id > count)
        return `${who} answered ${JSON.stringify(id)}, which is no call's id`;
      answered(id, reply);
      return undefined;
    },
    failAll: (error) => {
      for (const { fail } of waiting.values()) fail(error);
      for (const callOff of left.values()) callOff();
      waiting.clear();
      left.clear();
    },
  };
}
