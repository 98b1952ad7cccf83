// One container, from its making to its removal.
//
// 1. It is made, held to the template, attached to, and only then started.
// 2. Whatever fails on the way, it is removed before the failure is told.
// 3. Its end is told when it is removed, or when the daemon will not do so: then it is owed.
import type { Duplex } from "node:stream";
import { z } from "zod";
import { asError, GleitzeitError } from "../../domain/index.ts";
import type { Container, ContainerProgram } from "../../engine/ports/index.ts";
import { type Daemon, statusOf } from "./daemon.ts";
import { deviations, Inspected } from "./deviations.ts";
import { ending } from "./ending.ts";
import { imageNamed } from "./images.ts";
import type { Kit } from "./kit.ts";
import { removed } from "./removed.ts";
import { containerSpec } from "./template.ts";

const Made = z.object({ id: z.string().min(1) });

/** `name`: of the container, known before the daemon is asked, so that none is lost. */
export async function started(kit: Kit, name: string, program: ContainerProgram): Promise<Container> {
  const { daemon, maker, sizes } = kit;
  const { image: wanted, command, env, run } = program;
  const image = await imageNamed(daemon, wanted);
  const spec = containerSpec({
    name,
    image: image.digest,
    maker,
    sizes,
    ...(command && { command }),
    ...(env && { env }),
    ...(run !== undefined && { run }),
  });
  try {
    await daemon.ask("make a container", Made, () => daemon.docker.createContainer(spec));
    await held(daemon, name, spec);
    const stream = await attached(daemon, name);
    try {
      const container = ending(kit, name, stream, program);
      await begun(daemon, name, program);
      return { ...container.watched(), image: image.label };
    } catch (error) {
      stream.destroy();
      throw error;
    }
  } catch (error) {
    const isUnsure = error instanceof GleitzeitError && error.code === "PROVIDER_TIMEOUT";
    if (isUnsure) kit.owe(name, error);
    await removed(daemon, name).catch((cause: unknown) => kit.owe(name, asError(cause)));
    throw error;
  }
}

async function held({ ask, docker, address }: Daemon, name: string, spec: ReturnType<typeof containerSpec>) {
  const made = await ask("look at a container", Inspected, () => docker.getContainer(name).inspect());
  const found = deviations(spec, made);
  if (found.length === 0) return;
  throw new GleitzeitError(
    "CONFIGURATION_ERROR",
    `the Docker daemon at ${address} does not give what a container here must have: ${found.join("; ")}. Nothing was run`,
    { details: { deviations: found } },
  );
}

function attached({ ask, lasting }: Daemon, name: string): Promise<Duplex> {
  const streams = { stream: true, stdin: true, stdout: true, stderr: true };
  return ask("attach to a container", z.custom<Duplex>(isDuplex, { error: "no stream" }), () =>
    lasting.getContainer(name).attach({ ...streams, hijack: true }),
  );
}

const isDuplex = (value: unknown): boolean =>
  typeof value === "object" && value !== null && "write" in value && "destroy" in value && "on" in value;

/** What the image does not have is the fault of who asked for it. */
async function begun(
  { ask, docker }: Daemon,
  name: string,
  { image, command }: ContainerProgram,
): Promise<void> {
  await ask("start a container", z.unknown(), () => docker.getContainer(name).start()).catch(
    (error: unknown) => {
      const text = error instanceof Error ? error.message : "";
      const isUnknown =
        /executable file not found|no such file or directory|permission denied|no command specified/i;
      if (statusOf(error) === undefined || !isUnknown.test(text)) throw error;
      const what = command === undefined ? "the image's own command" : `\`${command[0] ?? ""}\``;
      throw new GleitzeitError("TASK_PARAMETER_ERROR", `the image ${image} cannot run ${what}: ${text}`, {
        cause: error,
      });
    },
  );
}
