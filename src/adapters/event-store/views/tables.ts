// The file of kept read models: what its tables are, and every statement that is made of them.
import { type Database, prepared, type Statement, scalar } from "../driver.ts";

/** "Gltv", in the header of every such file. */
const APPLICATION_ID = 0x476c7476;
const VERSION = 1;

// A model has one copy in use (`live`); others are being built beside it, or wait to be cleared away (`gone`).
// `anchor_id` is the last event that was folded, the first one after the position `anchor_after`.
const CREATED = `
  PRAGMA application_id = 0x476c7476;
  PRAGMA user_version = 1;
  CREATE TABLE copies (
    copy INTEGER PRIMARY KEY AUTOINCREMENT,
    model TEXT NOT NULL,
    version INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('live', 'building', 'gone')),
    position TEXT NOT NULL,
    anchor_after TEXT,
    anchor_id TEXT,
    touched INTEGER NOT NULL
  ) STRICT;
  CREATE UNIQUE INDEX one_live ON copies (model) WHERE state = 'live';
  CREATE TABLE rows (
    key INTEGER PRIMARY KEY, copy INTEGER NOT NULL, run TEXT NOT NULL, text TEXT NOT NULL, UNIQUE (copy, run)
  ) STRICT;
  -- How many entries there are, and a bound that none of them lies below.
  CREATE TABLE labels (
    label INTEGER PRIMARY KEY, copy INTEGER NOT NULL, text TEXT NOT NULL,
    entries INTEGER NOT NULL, least INTEGER NOT NULL, UNIQUE (copy, text)
  ) STRICT;
  CREATE TABLE entries (
    label INTEGER NOT NULL, at INTEGER NOT NULL, key INTEGER NOT NULL, item TEXT NOT NULL,
    PRIMARY KEY (label, at, key, item)
  ) STRICT, WITHOUT ROWID;
`;

export const isNew = (database: Database): boolean =>
  scalar(database, "PRAGMA application_id") === 0 &&
  scalar(database, "SELECT count(*) FROM sqlite_schema") === 0;

export const isOurs = (database: Database): boolean =>
  scalar(database, "PRAGMA application_id") === APPLICATION_ID;

export const isCurrent = (database: Database): boolean => scalar(database, "PRAGMA user_version") === VERSION;

export const createTables = (database: Database): void => database.exec(CREATED);

export type Tables = Readonly<Record<keyof ReturnType<typeof statements>, Statement>>;

export const tablesOf = (database: Database): Tables => statements(database);

const statements = (database: Database) => ({
  copies: prepared(
    database,
    "SELECT copy, model, version, state, position, anchor_after, anchor_id, touched FROM copies ORDER BY copy",
  ),
  position: prepared(database, "SELECT position FROM copies WHERE copy = ? AND state <> 'gone'"),
  addCopy: prepared(
    database,
    "INSERT INTO copies (model, version, state, position, touched) VALUES (?, ?, ?, 'start', ?)",
  ),
  advance: prepared(
    database,
    `UPDATE copies SET position = ?2, touched = ?3, anchor_after = coalesce(?4, anchor_after),
       anchor_id = coalesce(?5, anchor_id)
     WHERE copy = ?1`,
  ),
  setState: prepared(database, "UPDATE copies SET state = ?2 WHERE copy = ?1"),
  row: prepared(database, "SELECT key, text FROM rows WHERE copy = ? AND run = ?"),
  rowsOfRun: prepared(database, "SELECT key, run, text FROM rows WHERE copy = ? AND run > ? AND run < ?"),
  addRow: prepared(database, "INSERT INTO rows (copy, run, text) VALUES (?, ?, ?)"),
  changeRow: prepared(database, "UPDATE rows SET text = ?2 WHERE key = ?1"),
  removeRow: prepared(database, "DELETE FROM rows WHERE key = ?"),
  label: prepared(database, "SELECT label FROM labels WHERE copy = ? AND text = ?"),
  addLabel: prepared(database, "INSERT INTO labels (copy, text, entries, least) VALUES (?, ?, 0, ?)"),
  countLabel: prepared(
    database,
    "UPDATE labels SET entries = entries + ?2, least = min(least, ?3) WHERE label = ?1",
  ),
  addEntry: prepared(database, "INSERT INTO entries (label, at, key, item) VALUES (?, ?, ?, ?)"),
  removeEntry: prepared(database, "DELETE FROM entries WHERE label = ? AND at = ? AND key = ? AND item = ?"),
  last: prepared(
    database,
    `SELECT r.text FROM labels l CROSS JOIN entries e ON e.label = l.label CROSS JOIN rows r ON r.key = e.key
     WHERE l.copy = ? AND l.text = ? AND e.at < ? AND e.at >= ? ORDER BY e.at DESC, e.key DESC LIMIT ?`,
  ),
  // Places under ?1 that also stand under each of ?5 to ?8 that is not 0, with the rows that ?2 has there.
  found: prepared(
    database,
    `SELECT r.text FROM entries e CROSS JOIN entries x ON x.label = ?2 AND x.at = e.at CROSS JOIN rows r ON r.key = x.key
     WHERE e.label = ?1 AND e.at < ?3 AND e.at >= ?4
       AND (?5 = 0 OR EXISTS (SELECT 1 FROM entries WHERE label = ?5 AND at = e.at))
       AND (?6 = 0 OR EXISTS (SELECT 1 FROM entries WHERE label = ?6 AND at = e.at))
       AND (?7 = 0 OR EXISTS (SELECT 1 FROM entries WHERE label = ?7 AND at = e.at))
       AND (?8 = 0 OR EXISTS (SELECT 1 FROM entries WHERE label = ?8 AND at = e.at))
     ORDER BY e.at DESC LIMIT ?9`,
  ),
  // The same where places are items, of entries up to ?10.
  foundUpTo: prepared(
    database,
    `WITH places AS MATERIALIZED (
       SELECT CAST(e.item AS INTEGER) AS place FROM entries e
       WHERE e.label = ?1 AND e.at <= ?10 AND e.item < ?3 AND e.item >= ?4
         AND (?5 = 0 OR EXISTS (SELECT 1 FROM entries WHERE label = ?5 AND at = CAST(e.item AS INTEGER)))
         AND (?6 = 0 OR EXISTS (SELECT 1 FROM entries WHERE label = ?6 AND at = CAST(e.item AS INTEGER)))
         AND (?7 = 0 OR EXISTS (SELECT 1 FROM entries WHERE label = ?7 AND at = CAST(e.item AS INTEGER)))
         AND (?8 = 0 OR EXISTS (SELECT 1 FROM entries WHERE label = ?8 AND at = CAST(e.item AS INTEGER)))
       ORDER BY e.item DESC LIMIT ?9)
     SELECT r.text FROM places CROSS JOIN entries x ON x.label = ?2 AND x.at = place CROSS JOIN rows r ON r.key = x.key
     ORDER BY place DESC`,
  ),
  labelled: prepared(
    database,
    "SELECT label, text, entries FROM labels WHERE copy = ? AND text >= ? AND text < ? AND entries > 0",
  ),
  labelSize: prepared(database, "SELECT label, entries FROM labels WHERE copy = ? AND text = ?"),
  countSince: prepared(database, "SELECT count(*) FROM entries WHERE label = ? AND at >= ?"),
  next: prepared(
    database,
    `SELECT r.text, e.item, e.at FROM labels l CROSS JOIN entries e ON e.label = l.label CROSS JOIN rows r ON r.key = e.key
     WHERE l.copy = ? AND l.text = ? ORDER BY e.at LIMIT ?`,
  ),
  entries: prepared(database, "SELECT entries FROM labels WHERE copy = ? AND text = ?"),
  least: prepared(database, "SELECT min(least) FROM labels WHERE copy = ? AND text >= ? AND text < ?"),
  count: prepared(database, "SELECT count(*) FROM rows WHERE copy = ?"),
  inOrder: prepared(database, "SELECT run, text FROM rows WHERE copy = ? AND run > ? ORDER BY run LIMIT ?"),
  clearEntries: prepared(
    database,
    `DELETE FROM entries WHERE (label, at, key, item) IN (
       SELECT e.label, e.at, e.key, e.item FROM labels l CROSS JOIN entries e ON e.label = l.label
       WHERE l.copy = ? LIMIT ?) RETURNING 1`,
  ),
  clearRows: prepared(
    database,
    "DELETE FROM rows WHERE key IN (SELECT key FROM rows WHERE copy = ? LIMIT ?) RETURNING 1",
  ),
  clearLabels: prepared(database, "DELETE FROM labels WHERE copy = ?"),
  clearCopy: prepared(database, "DELETE FROM copies WHERE copy = ?"),
});
