// The log: the stores that hold it (memory, SQLite, EventStoreDB), and read models beside them.

export { hashOf } from "./blob-hash.ts";
export type { Limits } from "./check-append.ts";
export { sqliteVersion } from "./driver.ts";
export { exclusively } from "./exclusively.ts";
export { type IncarnationOptions, memoryIncarnations, sqliteIncarnations } from "./incarnations.ts";
export { memoryStore } from "./memory-store.ts";
export { type CopyOptions, copySqlite } from "./sqlite-copy.ts";
export { migrateSqlite } from "./sqlite-migrate.ts";
export { type SqliteOptions, sqliteStore } from "./sqlite-store.ts";
export { fileFailure } from "./store-file.ts";
export { tenantOfStream } from "./tenant-of-stream.ts";
export { keptReadModels, type ReadModelOptions } from "./views/kept-read-models.ts";
