// Lines of JSON on standard input and output: the only way in and out of the child.
import { Buffer } from "node:buffer";
import { writeSync } from "node:fs";

const STDOUT = 1;
const rest = new Int32Array(new SharedArrayBuffer(4));
const encoder = new TextEncoder();

/** Blocks this thread; the processor is free meanwhile. */
export const pause = (milliseconds) => Atomics.wait(rest, 0, 0, milliseconds);

/** Returns when the bytes are with the operating system. */
export function write(bytes) {
  for (let from = 0; from < bytes.length; ) {
    try {
      from += writeSync(STDOUT, bytes, from);
    } catch (error) {
      if (error.code !== "EAGAIN") throw error;
      pause(1);
    }
  }
}

export const send = (message) => write(encoder.encode(`${JSON.stringify(message)}\n`));

/** Calls back with the bytes of each line; the host bounds their length. */
export function readLines(stream, onLine) {
  let parts = [];
  stream.on("data", (chunk) => {
    let from = 0;
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, from)) {
      parts.push(chunk.subarray(from, end));
      const line = parts.length === 1 ? parts[0] : Buffer.concat(parts);
      parts = [];
      from = end + 1;
      onLine(line);
    }
    if (from < chunk.length) parts.push(chunk.subarray(from));
  });
}
