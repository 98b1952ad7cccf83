import type { Waiting } from "../../engine/index.ts";
import type { Globals, Parts } from "./parts.ts";
import type { Terminal } from "./terminal.ts";

/** What a command is called with, beside its own arguments and options. */
export type Context = { readonly terminal: Terminal; readonly globals: Globals; readonly parts: Parts };

/** Arguments and options as they were typed; each command checks its own. */
export type Invocation = { readonly args: readonly (string | undefined)[]; readonly options: unknown };

export type Command = (invocation: Invocation, context: Context) => Promise<number>;

export const waiting = ({ parts, terminal }: Context): Waiting => ({
  clock: parts.clock,
  interrupted: terminal.interrupted,
});
