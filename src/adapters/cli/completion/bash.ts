import { type Spot, valueFlags } from "./words.ts";

/** Commands and options stand in the script; only runs are asked for, and only where one is typed. */
export function bashScript(spots: readonly Spot[]): string {
  const known = spots.flatMap(({ path }) => (path === "" ? [] : [`"${path}"`]));
  const cases = spots.map(({ path, commands, flags, argument }) => {
    const words = commands.map(({ name }) => name).join(" ");
    const options = flags.map(({ name }) => name).join(" ");
    return `    "${path}") words="${words}" options="${options}" kind="${argument}" ;;`;
  });
  return `# Completion of gleitzeit for bash: source <(gleitzeit completion bash)
_gleitzeit() {
  local program="\${COMP_WORDS[0]}" current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}"
  local at="" words="" options="" kind="" value="" i
  for ((i = 1; i < COMP_CWORD; i++)); do
    if [[ -n $value ]]; then value=""; continue; fi
    case "\${COMP_WORDS[i]}" in
      ${valueFlags(spots).join("|")}) value=1; continue ;;
      -*) continue ;;
    esac
    case "\${at:+$at }\${COMP_WORDS[i]}" in
      ${known.join("|")}) at="\${at:+$at }\${COMP_WORDS[i]}" ;;
    esac
  done
  case "$at" in
${cases.join("\n")}
  esac
  case "$previous" in
    ${valueFlags(spots, "file").join("|")}) words="" options="" kind="file" ;;
    ${valueFlags(spots, "other").join("|")}) return ;;
  esac
  if [[ $current == -* ]]; then
    COMPREPLY=($(compgen -W "$options" -- "$current"))
  elif [[ -n $words ]]; then
    COMPREPLY=($(compgen -W "$words" -- "$current"))
  elif [[ $kind == run ]]; then
    COMPREPLY=($(compgen -W "$("$program" list --quiet 2>/dev/null | awk 'NR > 1 { print $1 }')" -- "$current"))
  elif [[ $kind == file ]]; then
    compopt -o filenames 2>/dev/null
    COMPREPLY=($(compgen -f -- "$current"))
  fi
}
complete -F _gleitzeit gleitzeit gz
`;
}
