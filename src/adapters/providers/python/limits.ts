/** What a script may use; every one of them can be set. */
export type PythonLimits = {
  /** Memory of one interpreter. */
  readonly memoryMiB: number;
  /** Captured files and what a script writes, together. */
  readonly fileBytes: number;
  /** A result larger than this as JSON is refused, never truncated. */
  readonly resultBytes: number;
  /** Of stdout and stderr each that much is kept. */
  readonly outputBytes: number;
  /** A script that writes more than this in all is stopped. */
  readonly floodBytes: number;
  /** Script, context and arguments of one call. */
  readonly callBytes: number;
  /** Calls that wait for an interpreter; the next one is refused. */
  readonly waitingCalls: number;
  /** An interpreter that is not ready by then is given up. */
  readonly bootMs: number;
  /** An interpreter that has nothing to do for its run for so long is given up. */
  readonly idleMs: number;
};

const MIB = 1024 * 1024;

export const DEFAULT_LIMITS: PythonLimits = {
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

const WASM_PAGE_BYTES = 65_536;
/** Node and the loaded interpreter, beside the interpreter's own memory and files. */
const NODE_BYTES = 640 * MIB;

export const memoryPages = ({ memoryMiB }: Pick<PythonLimits, "memoryMiB">): number =>
  Math.floor((memoryMiB * MIB) / WASM_PAGE_BYTES);

/** What the operating system is asked to hold one child to: no limit inside is the last one. */
export const dataBytes = ({ memoryMiB, fileBytes, callBytes }: PythonLimits): number =>
  NODE_BYTES + memoryMiB * MIB + 2 * fileBytes + 2 * callBytes;
