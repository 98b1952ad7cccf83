// completion bash|zsh|fish: a script that makes the shell complete commands, options, files and runs.
import type { Command as Commander } from "commander";
import { GleitzeitError } from "../../../domain/index.ts";
import { bashScript } from "../completion/bash.ts";
import { fishScript } from "../completion/fish.ts";
import { type Spot, spotsOf } from "../completion/words.ts";
import { zshScript } from "../completion/zsh.ts";
import type { Command } from "../context.ts";
import { EXIT } from "../exit-codes.ts";
import { answer } from "../output.ts";

const SCRIPTS: Readonly<Record<string, (spots: readonly Spot[]) => string>> = {
  bash: bashScript,
  zsh: zshScript,
  fish: fishScript,
};

export const completionOf =
  (grammar: Commander): Command =>
  async ({ args: [shell = ""] }, context) => {
    const script = Object.hasOwn(SCRIPTS, shell) ? SCRIPTS[shell]?.(spotsOf(grammar)) : undefined;
    if (script === undefined) {
      const known = Object.keys(SCRIPTS).join(", ");
      throw new GleitzeitError(
        "USAGE_ERROR",
        `there is completion for ${known}, not for ${JSON.stringify(shell)}`,
      );
    }
    answer(context, { shell, script }, () => script);
    return EXIT.done;
  };
