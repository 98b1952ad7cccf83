// What was typed beside a command's own options.
import type { CassetteOption } from "./cassette-option.ts";

/** Options that every command takes. */
export type Globals = {
  readonly json: boolean;
  readonly quiet: boolean;
  readonly verbose: boolean;
  readonly store?: string;
  /** Where the command is sent, instead of being done here. */
  readonly server?: string;
  /** It is about this machine, whatever GLEITZEIT_SERVER says. */
  readonly isHere?: true;
  /** Of commands that call providers. */
  readonly cassette?: CassetteOption;
};
