// What tasks say while they run comes in pieces, tokens of a model or output of a script: here it is lines again.
import type { TaskId } from "../../../domain/index.ts";

type Open = { kind: string; text: string; last: string };

export type Piece = { readonly task: TaskId; readonly kind: string; readonly text: string };

export type Spoken = {
  /** The lines that this piece ends. */
  readonly add: (piece: Piece) => readonly string[];
  /** What has no end of line yet, if there is any; the task says nothing more. */
  readonly rest: (task: TaskId) => readonly string[];
  /** What a task has said last; of a line that is still being written, its end. */
  readonly get: (task: TaskId) => string | undefined;
};

/** A line that does not end is cut, so that it is shown at all. */
const LONGEST = 2_000;
const SHOWN = 50;

export function spoken(): Spoken {
  const tasks = new Map<TaskId, Open>();
  return {
    add: ({ task, kind, text }) => {
      const open = tasks.get(task) ?? { kind, text: "", last: "" };
      const before = open.kind === kind || open.text === "" ? [] : [open.text];
      const parts = `${before.length === 0 ? open.text : ""}${text}`.split("\n");
      const rest = parts.pop() ?? "";
      const cut = rest.length > LONGEST ? [rest] : [];
      const whole = [...before, ...parts, ...cut];
      const last = whole.findLast((line) => line.trim() !== "") ?? open.last;
      tasks.set(task, { kind, text: cut.length > 0 ? "" : rest, last });
      return whole;
    },
    rest: (task) => {
      const { text = "" } = tasks.get(task) ?? {};
      tasks.delete(task);
      return text === "" ? [] : [text];
    },
    get: (task) => {
      const { text = "", last = "" } = tasks.get(task) ?? {};
      if (text.trim() === "") return last === "" ? undefined : last;
      return text.length > SHOWN ? `…${text.slice(-SHOWN).toWellFormed()}` : text;
    },
  };
}
