// What an installation is called on the containers that it makes: a name that stands in a file of its home.
import { link, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { z } from "zod";
import { GleitzeitError } from "../../domain/index.ts";

const Name = z.string().regex(/^[0-9a-f-]{36}$/);
const Refused = z.looseObject({ code: z.string() });

/** Made once; of two that make it at the same time, the first counts for both. */
export async function installationId(file: string, fresh: () => string): Promise<string> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const name = fresh();
  const written = `${file}.${name}`;
  await writeFile(written, name, { mode: 0o600 });
  // Whole or not there: whoever reads it meanwhile never sees half of it.
  await link(written, file)
    .catch((error: unknown) => {
      if (Refused.safeParse(error).data?.code !== "EEXIST") throw error;
    })
    .finally(() => rm(written, { force: true }));
  const found = Name.safeParse((await readFile(file, "utf8")).trim());
  if (found.success) return found.data;
  throw new GleitzeitError(
    "CONFIGURATION_ERROR",
    `${file} is damaged: it holds no name of an installation. Remove it, and what containers were left behind (\`docker ps -a --filter label=dev.gleitzeit.owner\`)`,
  );
}
