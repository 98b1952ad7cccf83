// Writers write, a client is cut off again and again, the server restarts: what the client has seen is the log, in order.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ask, HELLO, type Server, served } from "./rig.ts";
import { type Listening, listen } from "./stream.ts";

export type Ordeal = {
  readonly kills: number;
  readonly restarts: number;
  readonly writers: number;
  readonly perWriter: number;
};

export type Outcome = {
  readonly seen: readonly string[];
  readonly log: readonly string[];
  readonly reconnected: number;
};

export async function ordeal({ kills, restarts, writers, perWriter }: Ordeal): Promise<Outcome> {
  const home = await mkdtemp(join(tmpdir(), "gz-streams-"));
  const options = { home, store: `sqlite:${join(home, "log.db")}` };
  let current: Server = await served(options);
  const port = Number(new URL(current.url).port);
  const { url } = current;
  const seen: string[] = [];
  let reconnected = 0;
  try {
    /** Whoever is not answered waits for this. */
    let up: Promise<void> = Promise.resolve();
    const restart = (): void => {
      up = (async () => {
        await current.close();
        current = await served({ ...options, port });
      })();
    };
    const total = writers * perWriter;
    let written = 0;
    const write = async (writer: number): Promise<void> => {
      for (let i = 0; i < perWriter; ) {
        const id = `writer ${writer} run ${i}`;
        const answer = await unlessCut(ask(url, "POST", "/v1/runs", { body: { workflow: HELLO, id } }));
        if (answer?.status !== 200 && answer?.status !== 201) {
          await up;
          continue;
        }
        i += 1;
        written += 1;
      }
    };
    const writing = Promise.all(Array.from({ length: writers }, (_, i) => write(i)));

    let last: string | undefined;
    let killed = 0;
    let restarted = 0;
    let ended = 0;
    const perLife = Math.max(1, Math.floor((total * 5) / (kills + 1)));
    while (ended < total) {
      const stream: Listening | undefined = await unlessCut(
        listen(`${url}/v1/events/stream?after=start`, { last }),
      );
      if (!stream) {
        await up;
        continue;
      }
      reconnected += 1;
      let inThisLife = 0;
      for (let message = await stream.next(); message; message = await stream.next()) {
        if (message.id === undefined) continue;
        last = message.id;
        seen.push(message.id);
        if (message.event === "RunSucceeded") ended += 1;
        inThisLife += 1;
        if (ended === total) break;
        if (killed < kills && inThisLife >= perLife) {
          killed += 1;
          stream.stop();
          break;
        }
        if (restarted < restarts && written >= ((restarted + 1) * total) / (restarts + 1)) {
          restarted += 1;
          restart();
        }
      }
      stream.stop();
    }
    await writing;
    await up;
    const log: string[] = [];
    for (let after = "start"; ; ) {
      const { json } = await ask(url, "GET", `/v1/events?limit=500&after=${after}`);
      const items = Array.isArray(json.items) ? json.items : [];
      for (const { position } of items) log.push(String(position));
      if (items.length === 0) break;
      if (typeof json.nextCursor !== "string") throw new Error("a page of events gives no cursor");
      after = json.nextCursor;
    }
    return { seen: seen.map((id) => id.slice(id.lastIndexOf(".") + 1)), log, reconnected };
  } finally {
    await current.close();
    await rm(home, { recursive: true, force: true });
  }
}

/** Nothing when the server was not there, or went away in mid-answer: what a client meets while it is restarted. */
async function unlessCut<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (
      error instanceof Error &&
      /fetch failed|terminated|ECONN|socket|closed|SYSTEM_SHUTDOWN/i.test(textOf(error))
    )
      return undefined;
    throw error;
  }
}

const textOf = (error: Error): string => `${error.message} ${String(error.cause)}`;
