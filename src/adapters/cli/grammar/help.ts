import type { Command as Commander } from "commander";

export type Described = {
  readonly summary: string;
  readonly examples: readonly (readonly [line: string, what: string])[];
  readonly notes?: string;
};

/** Every command says what it is for and shows itself at work. */
export function describe(command: Commander, { summary, examples, notes }: Described): Commander {
  const widest = Math.max(...examples.map(([line]) => line.length));
  const shown = examples.map(
    ([line, what]) => `  $ ${what === "" ? line : `${line.padEnd(widest)}   ${what}`}`,
  );
  const below = notes === undefined ? "" : `\n\n${notes}`;
  return command.description(summary).addHelpText("after", `\nExamples:\n${shown.join("\n")}${below}`);
}
