// A server as `serve` starts it, in a folder and a home of its own, asked over real sockets.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll } from "vitest";
import type { Parts } from "../../../src/adapters/cli/index.ts";
import { compose } from "../../../src/compose.ts";
import { type Actor, isObject, type Json, type JsonObject, type Role } from "../../../src/domain/index.ts";

export type Answer = {
  readonly status: number;
  readonly headers: Headers;
  readonly json: JsonObject;
  readonly text: string;
};

export type Asked = {
  readonly body?: Json;
  /** Sent as it is, instead of a body. */
  readonly raw?: string | Uint8Array;
  readonly key?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
};

export type Server = {
  readonly url: string;
  readonly parts: Parts;
  readonly folder: string;
  readonly ask: (method: string, path: string, asked?: Asked) => Promise<Answer>;
  readonly key: (role: Role) => Promise<string>;
  readonly logged: readonly string[];
  readonly close: () => Promise<void>;
};

export type ServerOptions = {
  readonly env?: Readonly<Record<string, string>>;
  /** `memory:` unless it has to outlive the server. */
  readonly store?: string;
  readonly home?: string;
  readonly port?: number;
};

const OPERATOR: Actor = { type: "cli", id: "tester" };

export async function served(options: ServerOptions = {}): Promise<Server> {
  const folder = options.home ?? (await mkdtemp(join(tmpdir(), "gz-http-")));
  const logged: string[] = [];
  const parts = compose(
    {
      env: {
        GLEITZEIT_HOME: folder,
        GLEITZEIT_LOG_LEVEL: "info",
        GLEITZEIT_SERVER__MAX_DELAY: "60",
        ...options.env,
      },
      workingFolder: folder,
      userHome: folder,
      processors: 2,
      version: "9.9.9",
      nodeVersion: process.version,
      platform: "test",
      user: "tester",
      log: (line) => logged.push(line),
    },
    { json: false, quiet: false, verbose: false, store: options.store ?? "memory:" },
  );
  const { engine, actor, tenant } = await parts.driving();
  const { url } = await parts.serve({ port: options.port ?? 0 });
  const stop = new AbortController();
  const working = engine.work(tenant, actor, { stop: stop.signal });
  let closed: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    stop.abort();
    await working;
    await parts.close();
    if (options.home === undefined) await rm(folder, { recursive: true, force: true });
  };
  return {
    url,
    parts,
    folder,
    logged,
    ask: (method, path, asked) => ask(url, method, path, asked),
    key: async (role) => (await (await parts.keyring(true)).create({ role }, OPERATOR)).key,
    close: () => {
      closed ??= close();
      return closed;
    },
  };
}

export async function ask(url: string, method: string, path: string, asked: Asked = {}): Promise<Answer> {
  const { body, raw, key, headers, signal } = asked;
  const content = raw ?? (body === undefined ? undefined : JSON.stringify(body));
  const response = await fetch(new URL(path, url), {
    method,
    headers: {
      ...(content !== undefined && { "content-type": "application/json" }),
      ...(key !== undefined && { authorization: `Bearer ${key}` }),
      ...headers,
    },
    ...(content !== undefined && { body: content }),
    ...(signal && { signal }),
    redirect: "manual",
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, json: documentIn(text) };
}

function documentIn(text: string): JsonObject {
  try {
    const value: Json = JSON.parse(text);
    return isObject(value) ? value : { noObject: value };
  } catch {
    return { noDocument: text };
  }
}

/** One server for all tests of a file. */
export function server(options?: ServerOptions): () => Server {
  let current: Server | undefined;
  beforeAll(async () => {
    current = await served(options);
  });
  afterAll(() => current?.close());
  return () => {
    if (!current) throw new Error("only inside a test");
    return current;
  };
}

export const HELLO = "name: Hello\ntasks:\n  - {id: a, method: echo/echo, params: {message: hello}}\n";
