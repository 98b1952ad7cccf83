import { quoted, type Spot, valueFlags } from "./words.ts";

export function zshScript(spots: readonly Spot[]): string {
  const known = spots.flatMap(({ path }) => (path === "" ? [] : [`"${path}"`]));
  const entry = (name: string, summary: string): string =>
    quoted(`${name}:${summary.replaceAll(":", "\u2236")}`);
  const cases = spots.map(({ path, commands, flags, argument }) => {
    const words = commands.map(({ name, summary }) => entry(name, summary)).join(" ");
    const options = flags.map(({ name, summary }) => entry(name, summary)).join(" ");
    return `    "${path}") commands=(${words}); options=(${options}); kind="${argument}" ;;`;
  });
  return `#compdef gleitzeit gz
# Completion of gleitzeit for zsh: source <(gleitzeit completion zsh), or this file as _gleitzeit in a folder of $fpath
_gleitzeit() {
  local -a commands options runs
  local at="" kind="" value="" i
  for ((i = 2; i < CURRENT; i++)); do
    if [[ -n $value ]]; then value=""; continue; fi
    case "\${words[i]}" in
      ${valueFlags(spots).join("|")}) value=1; continue ;;
      -*) continue ;;
    esac
    case "\${at:+$at }\${words[i]}" in
      ${known.join("|")}) at="\${at:+$at }\${words[i]}" ;;
    esac
  done
  case "$at" in
${cases.join("\n")}
  esac
  case "\${words[CURRENT-1]}" in
    ${valueFlags(spots, "file").join("|")}) _files; return ;;
    ${valueFlags(spots, "other").join("|")}) return ;;
  esac
  if [[ $PREFIX == -* ]]; then
    _describe option options
  elif (( \${#commands} )); then
    _describe command commands
  elif [[ $kind == run ]]; then
    runs=(\${(f)"$("\${words[1]}" list --quiet 2>/dev/null | awk 'NR > 1 { print $1 }')"})
    compadd -a runs
  elif [[ $kind == file ]]; then
    _files
  fi
}
if [[ \${funcstack[1]} == _gleitzeit ]]; then _gleitzeit "$@"; else compdef _gleitzeit gleitzeit gz; fi
`;
}
