// What one durable write costs on this disk, now: the limit that the other figures are measured against.
import { closeSync, fdatasyncSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { median } from "./rig.mjs";

/** Milliseconds per append of 1 KiB with fdatasync, median of `count`. */
export function fdatasyncMs(count = 300) {
  const path = join(tmpdir(), `gleitzeit-fdatasync-${process.pid}`);
  const file = openSync(path, "w");
  const page = Buffer.alloc(1024, 7);
  const times = [];
  for (let i = 0; i < count; i += 1) {
    const start = performance.now();
    writeSync(file, page);
    fdatasyncSync(file);
    times.push(performance.now() - start);
  }
  closeSync(file);
  rmSync(path);
  return median(times);
}
