// docs/cli.md, from the grammar itself.

const HEAD = `# The command line

Generated from the commands themselves (\`npm run generate\`); \`gleitzeit COMMAND --help\` says the same. Data goes to
stdout, everything else to stderr; what \`--json\` prints is in [json.md](json.md).

| exit | meaning |
|---|---|
| 0 | done, and what ran succeeded |
| 1 | it ran and failed, or was cancelled |
| 2 | wrong usage |
| 3 | invalid document, configuration or input; or a difference was found |
| 4 | not found |
| 5 | store, server or provider cannot be reached; store full or damaged |
| 6 | not allowed |
| 130 | interrupted; the run stays, and \`gleitzeit resume RUN\` goes on |
`;

/** `grammar` gives a fresh one each time, since help is caught while it is printed. */
export function cliPage(grammar) {
  const root = grammar();
  const commands = root.commands.flatMap((command) => leavesOf(command, []));
  const overview = commands.map(({ path, command }) => {
    const link = path.join("-");
    return `| [\`${path.join(" ")}\`](#${link}) | ${cell(command.description())} |`;
  });
  return [
    HEAD,
    `## Everywhere\n\n${optionTable(root)}\n`,
    `## Commands\n\n| command | |\n|---|---|\n${overview.join("\n")}\n`,
    ...commands.map(section),
  ].join("\n");
}

function leavesOf(command, before) {
  const path = [...before, command.name()];
  return command.commands.length > 0
    ? command.commands.flatMap((inner) => leavesOf(inner, path))
    : [{ path, command }];
}

function section({ path, command }) {
  const names = command.registeredArguments.map((argument) => {
    const name = `${argument.name()}${argument.variadic ? "..." : ""}`;
    return argument.required ? `<${name}>` : `[${name}]`;
  });
  const options = optionTable(command);
  const { examples, notes } = afterwards(command);
  return [
    `### ${path.join(" ")}`,
    command.description(),
    `\`\`\`text not run: what may be typed\ngleitzeit ${[...path, ...(options === "" ? [] : ["[options]"]), ...names].join(" ")}\n\`\`\``,
    ...(options === "" ? [] : [options]),
    `\`\`\`sh not run: names of runs and files stand for yours\n${examples}\n\`\`\``,
    ...(notes === "" ? [] : [notes]),
    "",
  ].join("\n\n");
}

function optionTable(command) {
  const rows = command.options.map(({ flags, description, defaultValue }) => {
    const given = defaultValue === undefined || defaultValue === true ? "" : ` (default: ${defaultValue})`;
    return `| \`${flags}\` | ${cell(description + given)} |`;
  });
  return rows.length === 0 ? "" : `| option | |\n|---|---|\n${rows.join("\n")}`;
}

const cell = (text) => text.replaceAll("|", "\\|");

/** What help shows below the options. */
function afterwards(command) {
  const printed = [];
  command.configureOutput({ writeOut: (text) => printed.push(text) });
  command.outputHelp();
  const [, after = ""] = printed.join("").split("\nExamples:\n");
  const [examples = "", ...notes] = after.trimEnd().split("\n\n");
  return { examples: examples.replace(/^ {2}\$ /gm, ""), notes: notes.join("\n\n") };
}
