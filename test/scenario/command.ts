// The built command as a process of its own, as a user starts it.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, realpath, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll, beforeEach } from "vitest";
import { linkImages, ownImages } from "../images.ts";

const MAIN = fileURLToPath(new URL("../../dist/main.js", import.meta.url));

export type Ended = {
  readonly exit: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly seconds: number;
};

export type Place = {
  readonly folder: string;
  readonly home: string;
  /** The home whose memory image is used, which stands in the command lines of interpreters. */
  readonly imageHome?: string;
  /** Another store than the file in the home. */
  readonly store?: string;
  readonly env?: Readonly<Record<string, string>>;
};

export type Started = {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  /** Resolves when this has been written to stdout or stderr, which may be already. */
  readonly saw: (text: string) => Promise<void>;
};

export type StartOptions = {
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
  /** As a shell writes it: where its output goes instead of to this test. */
  readonly redirected?: string;
  /** Another program, in place of the command. */
  readonly program?: string;
};

export function started(
  place: Place,
  args: readonly string[],
  { env = {}, input, redirected = "", program = MAIN }: StartOptions = {},
): Started {
  const begun = performance.now();
  const child = spawn("/bin/sh", ["-c", `exec "$0" "$@" ${redirected}`, process.execPath, program, ...args], {
    cwd: place.folder,
    env: {
      PATH: process.env.PATH,
      HOME: place.home,
      GLEITZEIT_HOME: place.home,
      ...(place.store !== undefined && { GLEITZEIT_STORE: place.store }),
      ...place.env,
      ...env,
    },
    stdio: ["pipe", "pipe", "pipe"],
  });
  const texts = { stdout: "", stderr: "" };
  const watchers = new Set<() => void>();
  for (const name of ["stdout", "stderr"] as const) {
    child[name].setEncoding("utf8").on("data", (text: string) => {
      texts[name] += text;
      for (const look of watchers) look();
    });
  }
  child.stdin.on("error", () => child.stdin.destroy());
  child.stdin.end(input ?? "");
  const ended = once(child, "close").then(() => ({
    exit: child.exitCode,
    signal: child.signalCode,
    ...texts,
    seconds: (performance.now() - begun) / 1000,
  }));
  const saw = (text: string): Promise<void> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        if (!texts.stdout.includes(text) && !texts.stderr.includes(text)) return;
        watchers.delete(look);
        resolve();
      };
      watchers.add(look);
      look();
      child.once("close", () => {
        look();
        reject(new Error(`ended without ${JSON.stringify(text)}: ${texts.stdout}${texts.stderr}`));
      });
    });
  return { child, ended, saw };
}

export const gleitzeit = (place: Place, args: readonly string[], options?: StartOptions): Promise<Ended> =>
  started(place, args, options).ended;

/** Into a home without a cache; made for all, if no test has made them yet. */
export async function imagesInto(place: Pick<Place, "folder" | "home">): Promise<void> {
  if (await ownImages(place.home)) return;
  const cache = join(place.home, "cache");
  await rm(cache, { recursive: true });
  await linkImages(place.home);
  await gleitzeit(place, ["providers", "health", "--quiet"]);
  await rm(cache);
  await ownImages(place.home);
}

export type PlaceOptions = {
  /** The interpreter's memory image, which takes seconds to make, is there; this file's interpreters are known by its path. */
  readonly withImage?: boolean;
};

/** A working folder and an empty home for each test. */
export function place({ withImage = false }: PlaceOptions = {}): () => Place {
  let current: (Place & { readonly root: string }) | undefined;
  let first: (Place & { readonly root: string }) | undefined;
  const opened = async () => {
    const root = await realpath(await mkdtemp(join(tmpdir(), "gz-scenario-")));
    const made = { root, folder: join(root, "work"), home: join(root, "home") };
    await mkdir(made.folder);
    await mkdir(made.home);
    return made;
  };
  if (withImage) {
    beforeAll(async () => {
      first = await opened();
      await imagesInto(first);
    });
    afterAll(() => rm(first?.root ?? "", { recursive: true, force: true }));
  }
  beforeEach(async () => {
    current = { ...(await opened()), ...(first && { imageHome: first.home }) };
    if (first) await symlink(join(first.home, "cache"), join(current.home, "cache"));
  });
  afterEach(() => rm(current?.root ?? "", { recursive: true, force: true }));
  return () => {
    if (!current) throw new Error("only inside a test");
    return current;
  };
}
