// Ids and salts. Asking the operating system for a few bytes at a time costs microseconds, so they come from a pool.
import { v7 } from "uuid";
import type { Random } from "../../engine/ports/index.ts";
import { eventIdOf, runIdOf } from "./uuid-codec.ts";

const POOL = 8192;
const SALT = 16;
/** A counter that starts in the lower half of 32 bits has room for two thousand million ids in one millisecond. */
const HALF = 0x7fff_ffff;

export function systemRandom(now: () => number = Date.now): Random {
  const bytes = bytesFromPool();
  const uuid = monotonicUuid(now, bytes);
  return {
    eventId: () => eventIdOf(uuid()),
    runId: () => runIdOf(uuid()),
    salt: () => bytes(SALT),
    fraction: () => Math.random(),
  };
}

/** Each piece is its own for ever: a used-up pool is replaced, never filled again. */
function bytesFromPool(): (count: number) => Uint8Array {
  let pool = new Uint8Array(0);
  let used = 0;
  return (count) => {
    if (used + count > pool.length) {
      pool = crypto.getRandomValues(new Uint8Array(POOL));
      used = 0;
    }
    used += count;
    return pool.subarray(used - count, used);
  };
}

/** Every id is greater than the one before, also when the wall clock goes back. */
function monotonicUuid(now: () => number, bytes: (count: number) => Uint8Array): () => string {
  let msecs = 0;
  let seq = 0;
  return () => {
    const current = now();
    if (current > msecs) {
      msecs = current;
      const [a = 0, b = 0, c = 0, d = 0] = bytes(4);
      seq = ((a << 24) | (b << 16) | (c << 8) | d) & HALF;
    } else {
      seq += 1;
    }
    return v7({ random: bytes(SALT), msecs, seq });
  };
}
