// The quay server, started as a configured endpoint would be, and what it tells of itself.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, expect } from "vitest";
import { systemClock, systemRandom } from "../../../../src/adapters/host/index.ts";
import * as jsonSchemas from "../../../../src/adapters/json-schemas/index.ts";
import { outbound } from "../../../../src/adapters/outbound/index.ts";
import { processGroups } from "../../../../src/adapters/processes/index.ts";
import {
  declaredProvider,
  endpoint,
  externalProvider,
  jsonrpcProvider,
} from "../../../../src/adapters/providers/jsonrpc/index.ts";
import type { JsonObject } from "../../../../src/domain/index.ts";
import type { CallContext, Clock, Processes, Provider } from "../../../../src/engine/ports/index.ts";
import { callContext } from "../call-context.ts";
import { wordsAt } from "../words.ts";

const SCRIPT = fileURLToPath(new URL("quay-server.mjs", import.meta.url));

export type Quay = {
  readonly provider: Provider;
  readonly processes: Processes;
  readonly words: readonly string[];
  readonly word: (beginning: string) => Promise<string>;
  /** How often a way to it was looked for. */
  readonly starts: () => number;
  readonly remove: () => Promise<void>;
};

export type Given = {
  readonly kind?: "stdio" | "http";
  readonly as?: "call" | "external" | "declared";
  readonly faults?: readonly string[];
  readonly clock?: Clock;
  readonly mostBytes?: number;
  readonly timeoutMs?: number;
  /** Of the address; what it begins with is what it does wrong. */
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
};

const anything = { type: "object" } as const;
const ANSWER = { text: '{"jsonrpc":"2.0","id":$ID,"result":1}' };
const DECLARED = {
  sum: {
    description: "Adds.",
    params: {
      type: "object",
      properties: { a: { type: "number" }, b: { type: "number" } },
      required: ["a", "b"],
    },
    result: { type: "number" },
    examples: [{ a: 1, b: 2 }],
    calls: "add",
  },
  echo: { description: "Says it.", params: anything, result: anything, examples: [{ text: "x" }] },
  big: { description: "Much.", params: anything, result: {}, examples: [{ bytes: 1 }] },
  short: {
    description: "Says little.",
    params: anything,
    result: { type: "object", properties: { text: { maxLength: 3 } } },
    examples: [{ text: "ay" }],
    calls: "echo",
  },
  say: { description: "As it stands.", params: anything, result: {}, examples: [ANSWER], calls: "raw" },
};

export async function quay({
  kind = "stdio",
  as = "external",
  faults = [],
  path: served = kind === "http" ? "lines" : "",
  headers = {},
  ...given
}: Given = {}): Promise<Quay> {
  const folder = await mkdtemp(join(tmpdir(), "quay-"));
  const path = join(folder, "signals");
  const { words, word, close } = await wordsAt(path);
  const processes = processGroups();
  const client = outbound({});
  const { clock = systemClock() } = given;
  const program = {
    command: process.execPath,
    args: [SCRIPT, path, kind, ...faults],
    env: {},
    cwd: folder,
  };
  if (kind === "http") await processes.spawn({ ...program, onStdout: () => undefined });
  const port = kind === "http" ? (await word("port")).split(" ")[1] : "";
  let starts = 0;
  const opened = endpoint({
    name: "quay",
    version: "0.1.0",
    clock,
    random: systemRandom(),
    schemas: async () => jsonSchemas,
    mostBytes: given.mostBytes ?? 16 * 1024 * 1024,
    timeoutMs: given.timeoutMs,
    way: async () => {
      starts += 1;
      return kind === "http"
        ? { kind: "url", url: `http://127.0.0.1:${port}/${served}`, headers, outbound: client }
        : { kind: "program", ...program, processes };
    },
  });
  const methods = Object.fromEntries(
    Object.entries(DECLARED).map(([name, method]) => [name, { version: 1, idempotent: false, ...method }]),
  );
  const provider = {
    call: () => jsonrpcProvider(opened, () => ["quay", "jetty"]),
    external: () => externalProvider(opened, "quay/v1"),
    declared: () => declaredProvider(opened, { protocol: "quay/v1", methods, schemas: jsonSchemas }),
  }[as]();
  return {
    provider,
    processes,
    words,
    word,
    starts: () => starts,
    remove: async () => {
      await provider.close();
      await client.close();
      await processes.closeAll();
      close();
      await rm(folder, { recursive: true });
    },
  };
}

/** Opens one for a test, with ways to call it; after the test nothing of it may be left. */
export function quays() {
  let current: Quay | undefined;
  afterEach(async () => {
    await current?.remove();
    expect(current?.processes.living()).toEqual([]);
  });
  return async (given: Given = {}) => {
    const made = await quay(given);
    current = made;
    const call = (method: string, params: JsonObject = {}, context: Partial<CallContext> = {}) =>
      made.provider.execute({ method, params }, callContext(context));
    const plainly = (method: string, params: JsonObject = {}, context: Partial<CallContext> = {}) =>
      call("call", { method, params }, context);
    return { ...made, call, plainly };
  };
}
