// What a fork would take over and do again.
import type { ForkPlan } from "../../../engine/index.ts";
import type { Channel } from "../terminal.ts";
import { paint, sign, tinted } from "./paint.ts";
import { counted, line } from "./text.ts";

/** More than these are in `--json`. */
const MOST = 100;

export function planText({ forkedFrom, reused, given, again }: ForkPlan, out: Channel): string {
  const colors = paint(out.color);
  const list = <T>(title: string, all: readonly T[], text: (one: T) => string): string => {
    if (all.length === 0) return "";
    const rest = all.length > MOST ? `  … and ${all.length - MOST} more\n` : "";
    return `\n${colors.bold(title)}\n${all
      .slice(0, MOST)
      .map((one) => `  ${text(one)}\n`)
      .join("")}${rest}`;
  };
  return [
    `a fork of run ${forkedFrom.run}, up to its event ${forkedFrom.revision}; nothing is written\n`,
    list(
      `taken over: ${counted(reused.length, "result")}`,
      reused,
      ({ task, revision }) => `${line(task)}${colors.dim(`  event ${revision}`)}`,
    ),
    list("given", given, (task) => line(task)),
    list(
      `done again: ${counted(again.length, "task")}`,
      again,
      ({ task, method, was }) =>
        `${line(task)}  ${colors.dim(line(method))}${was === undefined ? "  new" : `  ${tinted(colors, was, `${sign(was)} ${was}`)} before`}`,
    ),
  ].join("");
}
