// What commands do with a store as a whole.
import type { LogCheck } from "../../engine/index.ts";

/** Of a store as a whole. */
export type StoreKeeping = {
  check(): Promise<LogCheck & { readonly place: string }>;
  backup(file: string): Promise<CopiedStore>;
  restore(file: string): Promise<CopiedStore>;
  migrate(how: { readonly backup?: string | false; readonly isDry: boolean }): Promise<MigratedStore>;
};

/** Full paths; `keys` is the folder with the copy's key. */
export type CopiedStore = { readonly from: string; readonly to: string; readonly keys: string };

/** Versions of the store's tables; `backup` is the copy that was made first, or would be. */
export type MigratedStore = {
  readonly path: string;
  readonly from: number;
  readonly to: number;
  readonly backup?: CopiedStore;
};
