// The harbour server, started as a configured server would be, and what it tells of itself.
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { systemClock } from "../../../../src/adapters/host/index.ts";
import * as jsonSchemas from "../../../../src/adapters/json-schemas/index.ts";
import { outbound } from "../../../../src/adapters/outbound/index.ts";
import { processGroups } from "../../../../src/adapters/processes/index.ts";
import { mcpServerProvider } from "../../../../src/adapters/providers/mcp/index.ts";
import type { Clock, Processes, Provider } from "../../../../src/engine/ports/index.ts";

const SCRIPT = fileURLToPath(new URL("harbour-server.mjs", import.meta.url));

export type Harbour = {
  readonly provider: Provider;
  readonly processes: Processes;
  /** Every word the server said, in order. */
  readonly words: readonly string[];
  /** Resolves with the first word not yet waited for that begins so. */
  readonly word: (beginning: string) => Promise<string>;
  /** How often a session was opened. */
  readonly starts: () => number;
  readonly remove: () => Promise<void>;
};

type Given = {
  readonly kind?: "stdio" | "http";
  readonly faults?: readonly string[];
  readonly clock?: Clock;
  readonly mostBytes?: number;
  readonly env?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
};

export async function harbour({
  kind = "stdio",
  faults = [],
  clock,
  ...given
}: Given = {}): Promise<Harbour> {
  const folder = await mkdtemp(join(tmpdir(), "harbour-"));
  const path = join(folder, "signals");
  const listener = listening();
  const server = createServer(listener.take).listen(path);
  await once(server, "listening");
  const processes = processGroups();
  const client = outbound({});
  const program = {
    command: process.execPath,
    args: [SCRIPT, path, kind, ...faults],
    env: given.env ?? {},
    cwd: folder,
  };
  if (kind === "http") await processes.spawn({ ...program, onStdout: () => undefined });
  const port = kind === "http" ? (await listener.word("port")).split(" ")[1] : "";
  let starts = 0;
  const provider = mcpServerProvider({
    name: "harbour",
    servers: ["builtin", "harbour"],
    version: "0.1.0",
    clock: clock ?? systemClock(),
    schemas: async () => jsonSchemas,
    mostBytes: given.mostBytes ?? 16 * 1024 * 1024,
    way: async () => {
      starts += 1;
      const { headers = {} } = given;
      return kind === "http"
        ? { kind: "url", url: `http://127.0.0.1:${port}/mcp`, headers, outbound: client }
        : { kind: "program", ...program, processes };
    },
  });
  return {
    provider,
    processes,
    words: listener.words,
    word: listener.word,
    starts: () => starts,
    remove: async () => {
      await provider.close();
      await client.close();
      await processes.closeAll();
      server.close();
      await rm(folder, { recursive: true });
    },
  };
}

function listening() {
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
  return {
    words,
    word: (beginning: string): Promise<string> =>
      new Promise((tell) => {
        waiting.push({ beginning, tell });
        match();
      }),
    take: (socket: Socket): void => {
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
    },
  };
}
