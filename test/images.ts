// Memory images of interpreters, which take seconds to make: made once, by the first test that starts one. Their names say
// what they depend on, and nothing but the sandbox reads or writes them.
import { copyFile, link, mkdir, readdir, symlink } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const imagesFolder = fileURLToPath(new URL("../.tmp/images/", import.meta.url));

/** Into a home that has none. */
export async function linkImages(home: string): Promise<void> {
  await mkdir(imagesFolder, { recursive: true });
  await mkdir(home, { recursive: true });
  await symlink(imagesFolder, join(home, "cache"));
}

/** The same under paths of its own, by which its interpreters are known; false where there are none yet. */
export async function ownImages(home: string): Promise<boolean> {
  await mkdir(imagesFolder, { recursive: true });
  await mkdir(join(home, "cache"), { recursive: true });
  const names = (await readdir(imagesFolder)).filter((name) => name.endsWith(".snapshot"));
  for (const name of names) {
    const [from, to] = [join(imagesFolder, name), join(home, "cache", name)];
    await link(from, to).catch(() => copyFile(from, to));
  }
  return names.length > 0;
}
