// Other programs, behind one door: whoever starts one gets a process group of its own, and nothing of it stays behind.

export type Program = {
  readonly command: string;
  readonly args: readonly string[];
  /** All of it: nothing is inherited. */
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  onStdout(bytes: Uint8Array): void;
  /** More than this on stdout in all, and the group is killed; without it, whoever reads sets the limit. */
  readonly maxStdoutBytes?: number;
  /** Of stderr that many bytes are kept for the report of its end, the rest is dropped. */
  readonly keepStderrBytes?: number;
};

export type ProcessEnd = {
  /** Absent when a signal ended it. */
  readonly code?: number;
  readonly signal?: string;
  readonly stderr: string;
  /** It wrote more than it may, and was killed for that. */
  readonly overflowed: boolean;
  /** It, or something that it started, met its limit of memory. */
  readonly outOfMemory?: true;
  /** Why nobody knows how it ended: whoever ran it went away. */
  readonly lost?: string;
};

export interface ProcessGroup {
  /** Of the leader, and the group's. */
  readonly pid: number;
  /** Resolves when the leader has ended, its streams are closed and the rest of its group is killed. */
  readonly ended: Promise<ProcessEnd>;
  /** True when the bytes are with the operating system, false when the program no longer reads. */
  write(bytes: string | Uint8Array): Promise<boolean>;
  /** Closes its standard input. */
  endInput(): void;
  /** SIGKILL to the whole group. */
  kill(): Promise<ProcessEnd>;
}

export interface Processes {
  /** The Node that runs this, for children that are scripts of ours. */
  readonly node: { readonly path: string; readonly version: string };
  /**
   * Never through a shell. GleitzeitError: CONFIGURATION_ERROR (no such program, or not permitted),
   * RESOURCE_EXHAUSTED (the system has no room for it), SYSTEM_SHUTDOWN (after closeAll).
   */
  spawn(program: Program): Promise<ProcessGroup>;
  /** Process ids of the groups that have not ended. */
  living(): readonly number[];
  /** Kills every group and waits for its end. Idempotent. */
  closeAll(): Promise<void>;
}
