#!/bin/sh
# A provider in POSIX shell and awk: what the tools of a machine know. One JSON-RPC message a line on stdin, answers on
# stdout and nothing else there; what it writes to stderr is kept for the report of a crash. docs/providers/external.md
# says what it has to answer; `gleitzeit providers test` checks that it does.
LC_ALL=C
export LC_ALL
here=$(dirname -- "$0")
# A line each: the id of a call in the background, and its process.
running=''

fields() { awk -v want="$1" -f "$here/json.awk"; }
text_of() { printf '%b' "$(printf '%s\n' "$1" | awk -v decode=1 -f "$here/json.awk")"; }

answer() { printf '{"jsonrpc":"2.0","id":%s,"result":%s}\n' "$1" "$2"; }
refuse() { printf '{"jsonrpc":"2.0","id":%s,"error":{"code":%s,"message":"%s"}}\n' "$1" "$2" "$3"; }
progress() { printf '{"jsonrpc":"2.0","method":"progress","params":{"id":%s,"progress":%s,"total":%s}}\n' "$1" "$2" "$3"; }

description=$(tr '\n' ' ' < "$here/methods.json")

# Runs in the background; its lines are short enough for the system to keep each of them whole.
countdown() {
  call=$1 total=$2 left=$2
  trap 'kill "$nap" 2>/dev/null; refuse "$call" -29004 "the countdown was cancelled"; exit' TERM
  while [ "$left" -gt 0 ]; do
    progress "$call" "$((total - left))" "$total"
    sleep 1 &
    nap=$!
    wait "$nap"
    left=$((left - 1))
  done
  answer "$call" "{\"counted\":$total}"
}

# Leaves those that have ended out of `running`, and ends the one that is named.
tidy() {
  old=$running running=''
  while IFS=' ' read -r call pid; do
    if [ -z "$pid" ] || ! kill -0 "$pid" 2>/dev/null; then continue; fi
    if [ "$call" = "$1" ]; then kill "$pid"; fi
    running="$running$call $pid
"
  done <<END
$old
END
}

call_method() {
  case $called in
    '"checksum"')
      case $text in '"'*) ;; *) refuse "$id" -32602 'text: expected a string'; return ;; esac
      # shellcheck disable=SC2046 # two words are meant
      set -- $(text_of "$text" | cksum)
      answer "$id" "{\"crc\":$1,\"bytes\":$2}"
      ;;
    '"disk"')
      case $path in '"'*) ;; *) refuse "$id" -32602 'path: expected a string'; return ;; esac
      row=$(df -Pk -- "$(text_of "$path")" 2>/dev/null | tail -n 1) || row=''
      # shellcheck disable=SC2086 # the columns of the row
      set -- $row
      case $2 in
        *[!0-9]* | '') refuse "$id" -29002 'df knows nothing of this path' ;;
        *) answer "$id" "{\"kilobytes\":$2,\"used\":$3,\"free\":$4}" ;;
      esac
      ;;
    '"countdown"')
      case $from in *[!0-9]* | '' | ????????*) refuse "$id" -32602 'from: expected a whole number'; return ;; esac
      countdown "$id" "$from" &
      running="$running$id $!
"
      ;;
    *) refuse "$id" -32601 'there is no such method' ;;
  esac
}

health() {
  tidy ''
  # The lines of a countdown could stand in the middle of one that is written in pieces.
  if [ -n "$running" ] && [ "${#said}" -gt 4000 ]; then
    refuse "$id" -31004 'busy: too long to be said now'
  else
    answer "$id" "{\"status\":\"healthy\",\"echo\":${said:-null}}"
  fi
}

while IFS= read -r line; do
  found=$(printf '%s\n' "$line" | fields '.jsonrpc .id .method .params.id .params.echo .params.method .params.params.text .params.params.path .params.params.from') || {
    refuse null -32700 'this is not JSON'
    continue
  }
  {
    IFS= read -r version
    IFS= read -r id
    IFS= read -r method
    IFS= read -r other
    IFS= read -r said
    IFS= read -r called
    IFS= read -r text
    IFS= read -r path
    IFS= read -r from
  } <<END
$found
END
  case $version$method in
    '"2.0""'*) ;;
    *) refuse "${id:-null}" -32600 'this is no request of JSON-RPC 2.0'; continue ;;
  esac
  if [ "$method" = '"cancel"' ]; then tidy "$other"; continue; fi
  # What has no id wants no answer.
  if [ -z "$id" ]; then continue; fi
  case $method in
    '"describe"') answer "$id" "$description" ;;
    '"health"') health ;;
    '"call"') call_method ;;
    *) refuse "$id" -32601 'there is no such method' ;;
  esac
done

# Its input was closed: nobody waits for anything any more.
tidy ''
while IFS=' ' read -r call pid; do
  if [ -n "$pid" ]; then kill "$pid" 2>/dev/null; fi
done <<END
$running
END
wait
