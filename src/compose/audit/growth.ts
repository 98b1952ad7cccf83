// Where the leaves of a store's file are made: here as long as they are few, else on a thread of its own, which reads the
// file for itself, so that hashing takes nothing from the thread that drives runs.
import { Worker } from "node:worker_threads";
import { z } from "zod";
import type { GrowFrom, Grown, Growth } from "../../adapters/audit/index.ts";
import { asError } from "../../domain/index.ts";
import type { Log } from "../../engine/index.ts";

/** In events of the log. */
const MANY = 1000n;

export type ThreadAsked = { readonly from: GrowFrom; readonly most: number };
export type ThreadData = { readonly path: string; readonly tiles: string };

const Answer = z.object({
  size: z.number(),
  root: z.instanceof(Uint8Array),
  upTo: z.bigint().optional(),
  next: z.union([z.bigint(), z.literal("start")]),
  isAll: z.boolean(),
});

/** A thread that fails is not asked again: `here` does what it did, or says why it cannot be done. */
export function growthBeside(here: Growth, data: ThreadData, log: Log) {
  let thread: Thread | undefined;
  let isFit = import.meta.url.endsWith(".js"); // run from its sources there is nothing for a thread to load

  async function grow(from: GrowFrom, most: number): Promise<Grown> {
    const behind = from.after === "start" ? from.head : from.head - from.after;
    if (!isFit || (!thread && behind < MANY)) return here.grow(from, most);
    thread ??= started(data);
    try {
      return await thread.ask({ from, most });
    } catch (error) {
      log.warn(
        { what: "audit", error: asError(error) },
        "the audit log's thread failed: its leaves are made beside the runs from now on",
      );
      isFit = false;
      await thread.close();
      return here.grow(from, most);
    }
  }

  return { grow, close: async (): Promise<void> => thread?.close() };
}

type Thread = { readonly ask: (asked: ThreadAsked) => Promise<Grown>; readonly close: () => Promise<void> };

function started(workerData: ThreadData): Thread {
  const worker = new Worker(new URL("thread.js", import.meta.url), { workerData });
  worker.unref();
  const gone = new Promise<Error>((resolve) => {
    worker.once("error", resolve);
    worker.once("exit", () => resolve(new Error("the audit log's thread has ended")));
  });
  return {
    ask: async (asked) => {
      worker.ref();
      const answered = new Promise<unknown>((resolve) => worker.once("message", resolve));
      worker.postMessage(asked);
      const answer = await Promise.race([answered, gone]);
      worker.unref();
      if (answer instanceof Error) throw answer;
      const { upTo, ...grown } = Answer.parse(answer);
      return { ...grown, upTo };
    },
    close: async () => {
      await worker.terminate();
    },
  };
}
