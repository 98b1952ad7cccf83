// `{type: docker}`: containers on one Docker daemon. What they may do is not up to anybody; how large they are is.
import { z } from "zod";
import { Size, sizeOf } from "./size.ts";

/** Below it not even an interpreter starts. */
const SMALLEST = 16 * 1024 * 1024;

const Address = z.string().refine(isAddress, {
  error: "expected `unix:///PATH/OF/docker.sock` or `tcp://HOST:PORT`",
});

const Image = z
  .string()
  .regex(/^[a-z0-9][\w./:@-]{0,400}$/, { error: "expected the name of an image such as `python:3.12-slim`" });

export const dockerProvider = () =>
  z.strictObject({
    type: z.literal("docker").describe("Hardened containers on a Docker daemon."),
    image: Image.default("python:3.12-slim").describe(
      "Runs Python scripts, and what names no image. It must be there: nothing is ever pulled.",
    ),
    images: z
      .array(Image)
      .exactOptional()
      .describe("Images that tasks may name beside it; any that is there when left out."),
    pool: z.int().min(0).max(64).default(0).describe("Python containers kept ready, each for one script."),
    max_concurrent: z
      .int()
      .min(1)
      .max(256)
      .default(8)
      .describe("Containers of scripts at once, and of other programs as many; further calls wait."),
    memory: Size.refine((size) => (sizeOf(size) ?? 0) >= SMALLEST, { error: "expected 16m at least" })
      .default("256m")
      .describe("Memory of one container, swap and what it writes to `/work` and `/tmp` included."),
    cpus: z.number().min(0.01).max(1024).default(1).describe("Processors of one container."),
    disk: Size.default("64m").describe("Room in `/work` and in `/tmp`, each; both lie in memory."),
    host: Address.exactOptional().describe(
      "Where the daemon is; DOCKER_HOST, else `unix:///var/run/docker.sock`, when left out.",
    ),
  });

export type DockerSettings = z.infer<ReturnType<typeof dockerProvider>>;

/** The configuration's word first, then the variable that every client of Docker knows. */
export function dockerAddress(
  host: string | undefined,
  { DOCKER_HOST: named }: { readonly [name: string]: string | undefined },
) {
  if (host !== undefined) return { address: host };
  if (named === undefined || named === "") return { address: "unix:///var/run/docker.sock" };
  if (isAddress(named)) return { address: named };
  return { problem: `DOCKER_HOST is ${named}: only \`unix:///…\` and \`tcp://HOST:PORT\` are spoken here` };
}

function isAddress(text: string): boolean {
  if (/^unix:\/\/\/.+/.test(text)) return true;
  if (!/^tcp:\/\//.test(text) || !URL.canParse(text)) return false;
  const { hostname, username, password, pathname } = new URL(text);
  return hostname !== "" && username === "" && password === "" && ["", "/"].includes(pathname);
}
