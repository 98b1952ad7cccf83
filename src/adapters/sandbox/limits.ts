// What a script may use when nothing else is said, and what follows from it for the whole child.
import type { ScriptLimits } from "../../engine/ports/index.ts";

const MIB = 1024 * 1024;

const DEFAULT_LIMITS: ScriptLimits = {
  memoryMiB: 256,
  fileBytes: 128 * MIB,
  resultBytes: 16 * MIB,
  outputBytes: MIB,
  floodBytes: 64 * MIB,
  callBytes: 64 * MIB,
  waitingCalls: 10_000,
  bootMs: 60_000,
  idleMs: 120_000,
};

export const limitsOf = (given: Partial<ScriptLimits> = {}): ScriptLimits => ({
  ...DEFAULT_LIMITS,
  ...given,
});

/** JSON text of a result, with room for what stands around it. */
export const lineBytes = ({ resultBytes }: Pick<ScriptLimits, "resultBytes">): number =>
  resultBytes + 512 * 1024;

const WASM_PAGE_BYTES = 65_536;
/** Node and the loaded interpreter, beside the interpreter's own memory and files. */
const NODE_BYTES = 640 * MIB;

export const memoryPages = ({ memoryMiB }: Pick<ScriptLimits, "memoryMiB">): number =>
  Math.floor((memoryMiB * MIB) / WASM_PAGE_BYTES);

/** What the operating system is asked to hold one child to: no limit inside is the last one. */
export const dataBytes = ({ memoryMiB, fileBytes, callBytes }: ScriptLimits): number =>
  NODE_BYTES + memoryMiB * MIB + 2 * fileBytes + 2 * callBytes;
