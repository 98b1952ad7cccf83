import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

export type Disk = {
  readonly path: (name: string) => string;
  /** The same files, from now on through a door that lets nobody write. */
  readonly becomeReadOnly: () => Promise<void>;
  readonly remove: () => Promise<void>;
};

/** A real file system of that size, in memory. Only root may mount one. */
export async function smallDisk(size: string): Promise<Disk> {
  const folder = await mkdtemp(join(tmpdir(), "gleitzeit-disk-"));
  await run("mount", ["-t", "tmpfs", "-o", `size=${size}`, "tmpfs", folder]);
  let mounts = 1;
  return {
    path: (name) => join(folder, name),
    becomeReadOnly: async () => {
      await run("mount", ["--bind", folder, folder]);
      await run("mount", ["-o", "remount,ro,bind", folder]);
      mounts += 1;
    },
    remove: async () => {
      for (; mounts > 0; mounts -= 1) await run("umount", ["-l", folder]);
      await rm(folder, { recursive: true });
    },
  };
}

/** Why the tests that need such a disk cannot run here; undefined where they can. */
export async function whyNoSmallDisk(): Promise<string | undefined> {
  try {
    await (await smallDisk("64k")).remove();
    return undefined;
  } catch (error) {
    return `no file system can be mounted here: ${error instanceof Error ? error.message.trim() : String(error)}`;
  }
}
