// The command line and a server on one store: asked through the server, or there where the store is.
import { join } from "node:path";
import { afterAll, beforeAll } from "vitest";
import { type Server, served } from "./rig.ts";

export type Both = {
  readonly server: Server;
  /** Flags of a command that is sent to it, and of one that is not. */
  readonly through: readonly string[];
  readonly store: readonly string[];
};

/** One for all tests of a file. */
export function both(): () => Both {
  let server: Server | undefined;
  beforeAll(async () => {
    const env = { GLEITZEIT_SERVER__REQUESTS_PER_MINUTE: "1000000" };
    server = await served({ env, store: "sqlite:shared.db" });
  });
  afterAll(() => server?.close());
  return () => {
    if (!server) throw new Error("only inside a test");
    const file = join(server.folder, "shared.db");
    return { server, through: ["--server", server.url], store: ["--store", `sqlite:${file}`] };
  };
}

export const WAITS = `name: Waits
tasks:
  - {id: paid, wait: {signal: paid}}
  - {id: ask, dependencies: [paid], approval: {message: "Well?"}}
outputs: {paid: "\${paid}"}
`;
