// Engines inside the test, closed and forgotten when it ends.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach } from "vitest";
import { z } from "zod";
import { defineProvider, type Gleitzeit, type OpenOptions, openGleitzeit } from "../../src/index.ts";

export const ECHO = { name: "Echo", tasks: [{ id: "say", method: "echo/echo", params: { message: "hi" } }] };

export type Rig = {
  readonly folder: string;
  readonly open: (options?: OpenOptions) => Promise<Gleitzeit>;
};

export function rig(): () => Rig {
  let folder = "";
  const opened: Gleitzeit[] = [];
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "gz-lib-"));
  });
  afterEach(async () => {
    for (const one of opened.splice(0)) await one.close();
    await rm(folder, { recursive: true, force: true });
  });
  const open = async (options: OpenOptions = {}): Promise<Gleitzeit> => {
    const one = await openGleitzeit({ home: join(folder, "home"), folder, ...options });
    opened.push(one);
    return one;
  };
  return () => ({ folder, open });
}

/** A method that waits until it is let go, or stopped. */
export function gate() {
  let release = (): void => undefined;
  const released = new Promise<void>((resolve) => (release = resolve));
  let begin = (): void => undefined;
  const begun = new Promise<void>((resolve) => (begin = resolve));
  const provider = defineProvider({
    protocol: "gate/v1",
    methods: {
      pass: {
        description: "Waits.",
        params: z.strictObject({ word: z.string().default("open") }),
        execute: async ({ word }, { signal }) => {
          begin();
          const stopped = new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve()));
          await Promise.race([released, stopped]);
          return word;
        },
      },
    },
  });
  return { provider, release, begun };
}
