// What a script prints: passed on while it runs, kept to a limit, stopped when it is a flood.
import { send } from "./frames.mjs";

/** As long as a script has sent fewer pieces than this, each is passed on at once: the last words before a hang count. */
const AT_ONCE = 500;
const PIECE = 8 * 1024;
const LARGEST_PIECE = 32 * 1024;
/** Enough for the last lines, in which a result may have been printed. */
const TAIL = 64 * 1024;

/** `limits`: `keep` bytes are passed on for each stream; beyond `flood` in all, `onFlood` is called. */
export function output(id, limits, onFlood) {
  let total = 0;
  let sent = 0;
  const streams = { stdout: pieces("stdout"), stderr: pieces("stderr") };

  function pieces(stream) {
    const decoder = new TextDecoder();
    return { stream, decoder, room: limits.keep, waiting: "", tail: "", truncated: false };
  }

  function flush(of) {
    for (let from = 0; from < of.waiting.length; sent += 1) {
      const text = pieceAt(of.waiting, from);
      send({ t: "out", id, stream: of.stream, text });
      from += text.length;
    }
    of.waiting = "";
  }

  function write(of, bytes) {
    total += bytes.length;
    if (total > limits.flood) onFlood(total);
    const text = of.decoder.decode(bytes, { stream: true });
    if (of.stream === "stdout") of.tail = (of.tail + text).slice(-TAIL);
    if (bytes.length > of.room) of.truncated = true;
    of.waiting += of.room >= bytes.length ? text : keptPart(text, of.room);
    of.room = Math.max(0, of.room - bytes.length);
    if (sent < AT_ONCE || of.waiting.length >= PIECE) flush(of);
    return bytes.length;
  }

  return {
    stdout: (bytes) => write(streams.stdout, bytes),
    stderr: (bytes) => write(streams.stderr, bytes),
    flush: () => Object.values(streams).forEach(flush),
    tail: () => streams.stdout.tail,
    truncated: () => Object.values(streams).some((of) => of.truncated),
  };
}

/** At most so much that its line stays short, and never half a character. */
function pieceAt(text, from) {
  const end = from + LARGEST_PIECE;
  return text.slice(from, /[\ud800-\udbff]/.test(text.charAt(end - 1)) ? end - 1 : end);
}

/** Of the piece that crosses the limit, the whole characters that still fit. */
function keptPart(text, room) {
  if (room === 0) return "";
  const bytes = new TextEncoder().encode(text).subarray(0, room);
  return new TextDecoder().decode(bytes, { stream: true });
}

/** The last line that is JSON (with numbers that JSON can carry unchanged), else the last line, else null; blank lines count for nothing. */
export function printedResult(tail) {
  const lines = tail.split("\n").filter((line) => line.trim() !== "");
  for (const line of lines.toReversed()) {
    const found = /^\s*[[{"\dtfn-]/.test(line) ? exactJson(line) : undefined;
    if (found) return found.value;
  }
  return lines.at(-1)?.trim() ?? null;
}

function exactJson(line) {
  try {
    return { value: JSON.parse(line, onlyExact) };
  } catch {
    return undefined;
  }
}

function onlyExact(_key, value) {
  if (Number.isInteger(value) && !Number.isSafeInteger(value)) throw new RangeError("changed by reading it");
  return value;
}
