import type { Database } from "../driver.ts";

/** `read`: one state of the file throughout. `write`: nobody else writes meanwhile; all of it stands, or nothing. */
export function inTransaction<T>(database: Database, kind: "read" | "write", work: () => T): T {
  database.exec(kind === "read" ? "BEGIN" : "BEGIN IMMEDIATE");
  try {
    const done = work();
    database.exec("COMMIT");
    return done;
  } catch (error) {
    if (database.isTransaction) database.exec("ROLLBACK");
    throw error;
  }
}
