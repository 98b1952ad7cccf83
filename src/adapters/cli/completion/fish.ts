import { quoted, type Spot, valueFlags } from "./words.ts";

export function fishScript(spots: readonly Spot[]): string {
  const known = spots.flatMap(({ path }) => (path === "" ? [] : [quoted(path)]));
  const lines = spots.flatMap(({ path, commands, flags, argument }) => {
    const here = `complete -c gleitzeit -n ${quoted(`__gleitzeit_at "${path}"`)}`;
    return [
      ...commands.map(({ name, summary }) => `${here} -a ${name} -d ${quoted(summary)}`),
      ...flags.map(({ name, summary, value }) => {
        const takes = value === undefined ? "" : value === "file" ? " -r -F" : " -x";
        return `${here} -l ${name.slice(2)}${takes} -d ${quoted(summary)}`;
      }),
      ...(argument === "run" ? [`${here} -a '(__gleitzeit_runs)'`] : []),
      ...(argument === "file" ? [`${here} -F`] : []),
    ];
  });
  return `# Completion of gleitzeit for fish: gleitzeit completion fish | source
function __gleitzeit_at
    set -l at ""
    set -l value ""
    for word in (commandline -opc)[2..-1]
        if test -n "$value"
            set value ""
            continue
        end
        if contains -- $word ${valueFlags(spots).join(" ")}
            set value 1
            continue
        end
        set -l next (string trim -- "$at $word")
        if contains -- "$next" ${known.join(" ")}
            set at "$next"
        end
    end
    test "$at" = "$argv[1]"
end
function __gleitzeit_runs
    gleitzeit list --quiet 2>/dev/null | awk 'NR > 1 { print $1 }'
end
complete -c gz -w gleitzeit
complete -c gleitzeit -f
${lines.join("\n")}
`;
}
