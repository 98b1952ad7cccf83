/** A file as it was at submission (or when the attempt was scheduled): what a task sees never depends on the disk. */
export type CapturedFile = {
  /** Relative, with `/`: the path under which documents name it and scripts find it. */
  readonly path: string;
  /** `sha256-<hex>` of its bytes, also its key in the blob store. */
  readonly hash: string;
  readonly size: number;
};

/** What a call wants to see, derived from its params by the method's own `files` function. Pure data. */
export type FileNeeds = {
  /** Must exist. */
  readonly required: readonly string[];
  /** Text that may or may not name a file. */
  readonly mentioned: readonly string[];
  readonly globs: readonly string[];
  /** Scripts whose sibling modules come along. */
  readonly modulesOf: readonly string[];
};

/** Where relative paths are looked up, in this order; nothing outside both is ever read. */
export type Folders = { readonly document: string; readonly working: string };

export type Captured = { readonly file: CapturedFile; readonly bytes: Uint8Array };

export interface FileCapture {
  /**
   * Reads what is needed, 64 MiB per call at most. GleitzeitError: TASK_PARAMETER_ERROR (missing, a
   * directory, outside both folders, behind a link that leads outside), RESOURCE_EXHAUSTED (too large).
   */
  capture(folders: Folders, needs: FileNeeds): Promise<readonly Captured[]>;
}
