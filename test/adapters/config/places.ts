// A home and a working folder of their own, with or without files in them.
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect } from "vitest";
import { type Flags, loadSettings, type Places, type Settings } from "../../../src/adapters/config/index.ts";
import { GleitzeitError, type Problem } from "../../../src/domain/index.ts";

export type Ground = { readonly root: string; readonly home: string; readonly work: string };

export function ground(): () => Ground {
  let current: Ground | undefined;
  beforeEach(async () => {
    const root = await mkdtemp(join(tmpdir(), "gz-config-"));
    current = { root, home: join(root, "home"), work: join(root, "work") };
    await mkdir(current.home);
    await mkdir(current.work);
  });
  afterEach(() => rm(current?.root ?? "", { recursive: true, force: true }));
  return () => {
    if (!current) throw new Error("only inside a test");
    return current;
  };
}

export const write = (folder: string, name: string, text: string): Promise<void> =>
  writeFile(join(folder, name), text);

export const placesIn = ({ root, home, work }: Ground, env: Places["env"] = {}): Places => ({
  env: { GLEITZEIT_HOME: home, ...env },
  workingFolder: work,
  userHome: join(root, "user"),
  processors: 3,
});

export async function problemsOf(loading: Promise<Settings>): Promise<readonly Problem[]> {
  const refused = await loading.then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(refused).toBeInstanceOf(GleitzeitError);
  if (!(refused instanceof GleitzeitError)) return [];
  expect(refused.code).toBe("CONFIGURATION_ERROR");
  return refused.problems ?? [];
}

export const load = (at: Ground, env: Places["env"] = {}, flags: Flags = {}): Promise<Settings> =>
  loadSettings(placesIn(at, env), flags);
