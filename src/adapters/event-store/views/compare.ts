// Hashes copies, and finds where two of them differ. In one read transaction, so that nothing moves meanwhile.
import { createHash } from "node:crypto";
import { setImmediate } from "node:timers/promises";
import type { RowDifference } from "../../../engine/ports/index.ts";
import { whenFree } from "../busy.ts";
import type { Session } from "./session.ts";
import type { Tables } from "./tables.ts";

const AT_ONCE = 1_000;

type TextRow = { readonly id: string; readonly text: string };
export type Hashed = { readonly rows: number; readonly hash: string };

/** One state of the file for everything that `look` reads. */
export async function inOneState<T>({ database, patience }: Session, look: () => Promise<T>): Promise<T> {
  await whenFree(() => database.exec("BEGIN"), patience);
  try {
    return await look();
  } finally {
    database.exec("COMMIT");
  }
}

export async function hashed(tables: Tables, copy: number): Promise<Hashed> {
  const hash = createHash("sha256");
  let rows = 0;
  for await (const { id, text } of rowsInOrder(tables, copy)) {
    hash.update(`${id} ${text}\n`);
    rows += 1;
  }
  return { rows, hash: `sha256-${hash.digest("hex")}` };
}

export async function firstDifference(
  tables: Tables,
  kept: number,
  rebuilt: number,
): Promise<RowDifference | undefined> {
  const [ours, theirs] = [rowsInOrder(tables, kept), rowsInOrder(tables, rebuilt)];
  for (;;) {
    const [a, b] = [await ours.next(), await theirs.next()];
    if (a.done && b.done) return undefined;
    const [one, other]: readonly (TextRow | undefined)[] = [
      a.done ? undefined : a.value,
      b.done ? undefined : b.value,
    ];
    if (one?.id === other?.id && one?.text === other?.text) continue;
    const row = [one?.id, other?.id].filter((id) => id !== undefined).toSorted()[0] ?? "";
    return {
      row,
      kept: one?.id === row ? one.text : null,
      rebuilt: other?.id === row ? other.text : null,
    };
  }
}

async function* rowsInOrder({ inOrder }: Tables, copy: number): AsyncGenerator<TextRow, void> {
  for (let after = ""; ; ) {
    const rows = inOrder
      .all(copy, after, AT_ONCE)
      .map(([id, text]) => ({ id: String(id), text: String(text) }));
    yield* rows;
    const last = rows.at(-1);
    if (!last || rows.length < AT_ONCE) return;
    after = last.id;
    await setImmediate();
  }
}
