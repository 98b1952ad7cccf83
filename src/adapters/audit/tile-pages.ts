// Reads of tiles in pages of 8 KiB, each read once: who proves events one after the other asks for 32 bytes at a time, and
// finds where they stand by halving. Only what is full is kept; nothing is added to that any more.
import type { TileStore } from "./tile-store.ts";

/** 256 hashes, or the positions of 1,024 leaves. */
const PAGE_BYTES = 8192;
const MOST_PAGES = 2000;

export function tilePages(store: Pick<TileStore, "read">) {
  const kept = new Map<string, Uint8Array>();

  async function read(name: string, from: number, length: number): Promise<Uint8Array> {
    const number = Math.floor(from / PAGE_BYTES);
    const start = number * PAGE_BYTES;
    if (from + length > start + PAGE_BYTES) return store.read(name, from, length);
    const key = `${name} ${number}`;
    const page = kept.get(key) ?? (await store.read(name, start, PAGE_BYTES));
    if (page.length === PAGE_BYTES && !kept.has(key)) {
      if (kept.size >= MOST_PAGES) kept.clear();
      kept.set(key, page);
    }
    return page.subarray(from - start, from - start + length);
  }

  return { read, forget: () => kept.clear() };
}
