import { type Command as Commander, type CommandOptions, Option } from "commander";
import type { Command } from "../context.ts";

/** Puts a command into the grammar; its code is loaded when it is called. `how`: whether it is what its parent does by itself. */
export type Add = (
  parent: Commander,
  spec: string,
  load: () => Promise<Command>,
  how?: CommandOptions,
) => Commander;

const repeated = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];

/** An option that may be given more than once. */
export const several = (flags: string, text: string): Option => new Option(flags, text).argParser(repeated);
