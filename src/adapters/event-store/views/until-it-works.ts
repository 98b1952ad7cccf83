// Keeps a session open, and asks again when the file under it failed: built anew where it was damaged or taken away,
// in memory where nothing can be kept.
import { GleitzeitError } from "../../../domain/index.ts";
import type { EventStore } from "../../../engine/ports/index.ts";
import type { KeptModel } from "../../../projections/index.ts";
import type { Patience } from "../busy.ts";
import { errcodeOf, isDamage } from "../sqlite-failure.ts";
import { ReplacedError } from "./copies.ts";
import { takeStock } from "./inventory.ts";
import { fileSession, memorySession, putAway, type Session } from "./session.ts";

export type KeptFile = {
  readonly events: EventStore;
  /** Undefined: kept in memory, for as long as this process. */
  readonly path: string | undefined;
  /** What an operator may want to know: what was kept could not be used, or nothing can be kept. */
  readonly tell: (message: string) => void;
};

type Options = KeptFile & { readonly models: readonly KeptModel[]; readonly patience: Patience };

/** More than once the same file fails only where the machine does. */
const MOST_ATTEMPTS = 3;

export function untilItWorks({ events, path, tell, models, patience }: Options) {
  let keptAt = path;
  let current: Session | undefined;

  async function use<T>(question: (session: Session) => T | Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await question(await session());
      } catch (error) {
        if (keptAt === undefined || !isOfTheFile(error)) throw error;
        await mend(error, keptAt, attempt);
      }
    }
  }

  async function session(): Promise<Session> {
    if (current && isInPlace(current)) return current;
    await close();
    current = await opened();
    await takeStock(current, events, models, tell);
    return current;
  }

  async function opened(): Promise<Session> {
    if (keptAt === undefined) return memorySession({ patience });
    try {
      return await fileSession(keptAt, { patience, tell });
    } catch (error) {
      giveUp(error, keptAt);
      return memorySession({ patience });
    }
  }

  async function mend(error: unknown, file: string, attempt: number): Promise<void> {
    await close();
    if (error instanceof ReplacedError && attempt < MOST_ATTEMPTS) return;
    if (attempt >= MOST_ATTEMPTS || !isDamaged(error)) return giveUp(error, file);
    tell(`${file} is damaged; it is built again from the log`);
    await putAway(file, false);
  }

  function giveUp(error: unknown, file: string): void {
    const reason = error instanceof Error ? error.message : String(error);
    tell(`read models are built for this command alone; they cannot be kept in ${file}: ${reason}`);
    keptAt = undefined;
  }

  async function close(): Promise<void> {
    const open = current;
    current = undefined;
    try {
      open?.close();
    } catch (error) {
      if (!isDamage(error)) throw error; // whoever opens it next finds out
    }
  }

  return { use, close };
}

/** Files that were deleted while they were open are let go of; there is a new one, or there will be. */
function isInPlace({ expectInPlace }: Session): boolean {
  try {
    expectInPlace();
    return true;
  } catch (error) {
    if (!(error instanceof GleitzeitError)) throw error;
    return false;
  }
}

/** A row that is no JSON was not written by us. */
const isDamaged = (error: unknown): boolean => isDamage(error) || error instanceof SyntaxError;

const isOfTheFile = (error: unknown): boolean =>
  errcodeOf(error) !== undefined || error instanceof SyntaxError || error instanceof ReplacedError;
