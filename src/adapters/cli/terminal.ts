// What a command sees of the world outside: two channels, an interrupt, and standard input. Only main.ts touches the
// process; a test hands in its own.

export type Channel = {
  /** As it is; line breaks are the caller's. */
  readonly write: (text: string) => void;
  /** Resolves when what was written has mostly gone out: whoever writes a lot waits for it. */
  readonly drained: () => Promise<void>;
  readonly isTTY: boolean;
  readonly columns: number;
  readonly color: boolean;
};

export type Terminal = {
  /** Data. */
  readonly out: Channel;
  /** Progress, warnings, errors. */
  readonly err: Channel;
  /** Of `err` as it is now: somebody may be pulling at the window. */
  readonly size: () => { readonly columns: number; readonly rows: number };
  /** Keeps these lines at the bottom of `err`; absent where nothing can be drawn. */
  readonly pin?: (lines: readonly string[]) => void;
  /** Aborted when nobody reads `out` any more (`| head`). */
  readonly gone: AbortSignal;
  /** Aborted at the first Ctrl-C or SIGTERM: take no new work, leave what can go on later. */
  readonly interrupted: AbortSignal;
  /** Standard input, as much of it as is asked for. */
  readonly readInput: (mostBytes: number) => Promise<Uint8Array>;
  /**
   * A line that is not shown while it is typed, undefined for Ctrl-C; absent where nobody types on standard input.
   */
  readonly askHidden?: (question: string) => Promise<string | undefined>;
};
