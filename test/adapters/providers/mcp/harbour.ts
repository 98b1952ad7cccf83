// The harbour server, started as a configured server would be, and what it tells of itself.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { systemClock } from "../../../../src/adapters/host/index.ts";
import * as jsonSchemas from "../../../../src/adapters/json-schemas/index.ts";
import { outbound } from "../../../../src/adapters/outbound/index.ts";
import { processGroups } from "../../../../src/adapters/processes/index.ts";
import { mcpServerProvider } from "../../../../src/adapters/providers/mcp/index.ts";
import type { Clock, Processes, Provider } from "../../../../src/engine/ports/index.ts";
import { wordsAt } from "../words.ts";

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
  const listener = await wordsAt(path);
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
    servers: () => ["builtin", "harbour"],
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
      listener.close();
      await rm(folder, { recursive: true });
    },
  };
}
