// What an image's name stands for right now. Nothing is ever pulled: what may run here was brought here by somebody.
import { z } from "zod";
import { GleitzeitError } from "../../domain/index.ts";
import { type Daemon, statusOf } from "./daemon.ts";

export type Image = {
  /** `sha256:…`, of all that is in it. */
  readonly digest: string;
  /** The name with the digest, by which it can be found again. */
  readonly label: string;
};

const Found = z.object({
  Id: z.string().regex(/^sha256:[0-9a-f]{64}$/),
  RepoDigests: z.array(z.string()).nullish(),
  Config: z.object({ Volumes: z.record(z.string(), z.unknown()).nullish() }).nullish(),
});

export async function imageNamed({ ask, docker, address }: Daemon, name: string): Promise<Image> {
  const found = await ask("look at an image", Found, () => docker.getImage(name).inspect()).catch(
    (error: unknown) => {
      if (statusOf(error) !== 404) throw error;
      throw new GleitzeitError(
        "CONFIGURATION_ERROR",
        `the Docker daemon at ${address} has no image ${name}, and none is fetched by itself: \`docker pull ${name}\``,
        { cause: error },
      );
    },
  );
  const volumes = Object.keys(found.Config?.Volumes ?? {});
  if (volumes.length > 0)
    throw new GleitzeitError(
      "CONFIGURATION_ERROR",
      `the image ${name} declares volumes (${volumes.join(", ")}): they would be writable places on this machine's disk; use an image without`,
    );
  return { digest: found.Id, label: labelOf(name, found) };
}

/** With the digest of its registry where it has one: that is what others can fetch it by. */
function labelOf(name: string, { Id, RepoDigests }: z.infer<typeof Found>): string {
  const [plain = name] = name.split("@");
  const repository = plain.replace(/:[\w.-]+$/, "");
  const pushed = RepoDigests?.find((one) => one.startsWith(`${repository}@`));
  return `${plain}@${pushed?.slice(repository.length + 1) ?? Id}`;
}
