// A vault in a folder of its own, with a clock that is moved by hand.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach } from "vitest";
import { exclusively } from "../../../src/adapters/event-store/index.ts";
import { type Vault, vault } from "../../../src/adapters/secrets/index.ts";
import { type HandClock, handClock } from "../../engine/hand-clock.ts";

export type Safe = {
  readonly folder: string;
  readonly file: string;
  readonly keyFile: string;
  readonly clock: HandClock;
  /** As another process would open it. */
  readonly open: () => Vault;
};

export function safe(): () => Safe {
  let current: Safe | undefined;
  beforeEach(async () => {
    const folder = await mkdtemp(join(tmpdir(), "gz-vault-"));
    const files = { file: join(folder, "secrets", "vault.json"), keyFile: join(folder, "keys", "vault.key") };
    const clock = handClock();
    const alone = <T>(file: string, work: () => Promise<T>) => exclusively(file, work, Math.random);
    current = { folder, ...files, clock, open: () => vault({ ...files, clock, exclusively: alone }) };
  });
  afterEach(() => rm(current?.folder ?? "", { recursive: true, force: true }));
  return () => {
    if (!current) throw new Error("only inside a test");
    return current;
  };
}
