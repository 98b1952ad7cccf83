// What may be typed where, read off the grammar: what every shell's completion is made from.
import type { Command as Commander, Option } from "commander";

/** What an argument or an option's value is, as far as a shell can help with it. */
type Kind = "run" | "file" | "other";

export type Flag = { readonly name: string; readonly summary: string; readonly value: Kind | undefined };

export type Spot = {
  /** The words typed so far: `config show`; empty at the start. */
  readonly path: string;
  readonly commands: readonly { readonly name: string; readonly summary: string }[];
  readonly flags: readonly Flag[];
  readonly argument: Kind;
};

export function spotsOf(root: Commander): readonly Spot[] {
  const everywhere = root.options.map(flagOf);
  const spotsFrom = (command: Commander, words: readonly string[]): readonly Spot[] => {
    const own = command === root ? [] : command.options.map(flagOf);
    const help = { name: "--help", summary: "show this help", value: undefined };
    const here: Spot = {
      path: words.join(" "),
      commands: command.commands.map((inner) => ({ name: inner.name(), summary: inner.description() })),
      flags: [...own, ...everywhere, help],
      argument: kindOf(command.registeredArguments[0]?.name() ?? ""),
    };
    return [here, ...command.commands.flatMap((inner) => spotsFrom(inner, [...words, inner.name()]))];
  };
  return spotsFrom(root, []);
}

const flagOf = (option: Option): Flag => ({
  name: option.long ?? "",
  summary: option.description,
  value: option.required || option.optional ? kindOf(/<([^>]+)>/.exec(option.flags)?.[1] ?? "") : undefined,
});

const FILES = ["file", "file|name", "directory"];

const kindOf = (name: string): Kind => (name === "run" ? "run" : FILES.includes(name) ? "file" : "other");

/** Options of any command whose value is the next word. */
export const valueFlags = (spots: readonly Spot[], kind?: Kind): readonly string[] => [
  ...new Set(
    spots.flatMap(({ flags }) =>
      flags.filter(({ value }) => value !== undefined && (kind ?? value) === value).map(({ name }) => name),
    ),
  ),
];

/** Within single quotes of any of the shells. */
export const quoted = (text: string): string => `'${text.replaceAll("'", "’").replaceAll("\\", "")}'`;
