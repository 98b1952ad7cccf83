// What a server under test tells of itself while it works, over a socket beside its own protocol.
import { once } from "node:events";
import { createServer, type Socket } from "node:net";

/** Listens on a socket at that path. */
export async function wordsAt(path: string) {
  const words: string[] = [];
  const waiting: { readonly beginning: string; readonly tell: (word: string) => void }[] = [];
  let seen = new Set<number>();
  const match = (): void => {
    for (const [i, word] of words.entries()) {
      const at = seen.has(i) ? -1 : waiting.findIndex(({ beginning }) => word.startsWith(beginning));
      if (at < 0) continue;
      seen = seen.add(i);
      waiting.splice(at, 1)[0]?.tell(word);
    }
  };
  const take = (socket: Socket): void => {
    let rest = "";
    socket.setEncoding("utf8");
    socket.on("data", (text: string) => {
      const lines = (rest + text).split("\n");
      rest = lines.pop() ?? "";
      words.push(...lines);
      match();
    });
    socket.on("error", () => socket.destroy());
    socket.on("close", () => {
      words.push("gone away");
      match();
    });
  };
  const server = createServer(take).listen(path);
  await once(server, "listening");
  return {
    /** Every word that was said, in order. */
    words,
    close: () => void server.close(),
    /** Resolves with the first word not yet waited for that begins so. */
    word: (beginning: string): Promise<string> =>
      new Promise((tell) => {
        waiting.push({ beginning, tell });
        match();
      }),
  };
}
