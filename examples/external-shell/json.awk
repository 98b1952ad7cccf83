# Reads one JSON value and prints what stands at each of the paths in `want` (".id .params.text"), a line each, as it is
# written there; an empty line where there is none. With `decode=1` it prints a JSON string as printf's %b takes it.
# Exit 1: it is not JSON. Wants LC_ALL=C, so that a character is a byte.

BEGIN {
  count = split(want, paths, " ")
  for (i = 1; i <= count; i++) wanted[paths[i]] = 1
  for (i = 0; i < 16; i++) digit[substr("0123456789abcdef", i + 1, 1)] = digit[substr("0123456789ABCDEF", i + 1, 1)] = i
}

{
  s = s (NR > 1 ? "\n" : "") $0
}

END {
  size = length(s); at = 1; ok = 1
  value("")
  space()
  if (!ok || at <= size) exit 1
  if (decode) printf "%s", decoded(substr(s, 2, size - 2))
  else for (i = 1; i <= count; i++) print found[paths[i]]
}

function space() { while (at <= size && index(" \t\r\n", substr(s, at, 1))) at++ }
function failed() { ok = 0; at = size + 1 }

function value(path,   start, first) {
  space()
  start = at
  first = substr(s, at, 1)
  if (first == "{") members(path, "}")
  else if (first == "[") members(path, "]")
  else if (first == "\"") text()
  else literal()
  if (path in wanted) found[path] = substr(s, start, at - start)
}

function text(   c) {
  for (at++; at <= size; at++) {
    c = substr(s, at, 1)
    if (c == "\\") at++
    else if (c == "\"") { at++; return }
  }
  failed()
}

function literal(   start) {
  start = at
  while (at <= size && substr(s, at, 1) ~ /[-+.0-9A-Za-z]/) at++
  if (substr(s, start, at - start) !~ /^(true|false|null|-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?)$/) failed()
}

# Of an object, or of a list, whose elements are called 0, 1, 2 …
function members(path, end,   name, start, c, i) {
  at++
  space()
  if (substr(s, at, 1) == end) { at++; return }
  for (i = 0; ok; i++) {
    name = i
    if (end == "}") {
      space()
      if (substr(s, at, 1) != "\"") return failed()
      start = at
      text()
      name = substr(s, start + 1, at - start - 2)
      space()
      if (substr(s, at++, 1) != ":") return failed()
    }
    value(path "." name)
    space()
    c = substr(s, at++, 1)
    if (c == end) return
    if (c != ",") return failed()
  }
}

function decoded(raw,   out, i, c, code) {
  for (i = 1; i <= length(raw); i++) {
    c = substr(raw, i, 1)
    if (c != "\\") { out = out c; continue }
    c = substr(raw, ++i, 1)
    if (c == "n" || c == "t" || c == "r" || c == "b" || c == "f") out = out "\\" c
    else if (c == "u") {
      code = hex(substr(raw, i + 1, 4))
      i += 4
      if (code >= 55296 && code < 56320 && substr(raw, i + 1, 2) == "\\u") {
        code = 65536 + (code - 55296) * 1024 + hex(substr(raw, i + 3, 4)) - 56320
        i += 6
      }
      out = out utf8(code)
    } else out = out (c == "\\" ? "\\\\" : c)
  }
  return out
}

function hex(four,   n, i) {
  for (i = 1; i <= 4; i++) n = n * 16 + digit[substr(four, i, 1)]
  return n
}

function octal(byte) { return sprintf("\\0%03o", byte) }

function utf8(code) {
  if (code < 128) return octal(code)
  if (code < 2048) return octal(192 + int(code / 64)) octal(128 + code % 64)
  if (code < 65536) return octal(224 + int(code / 4096)) octal(128 + int(code / 64) % 64) octal(128 + code % 64)
  return octal(240 + int(code / 262144)) octal(128 + int(code / 4096) % 64) octal(128 + int(code / 64) % 64) octal(128 + code % 64)
}
