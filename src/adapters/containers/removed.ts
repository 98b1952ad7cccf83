// A container that is gone when this resolves, running or not, with all that is left of it.
import { z } from "zod";
import { type Daemon, statusOf } from "./daemon.ts";

const NO_SUCH = 404;
const BEING_REMOVED = 409;

export async function removed({ ask, docker }: Daemon, name: string): Promise<void> {
  await ask("remove a container", z.unknown(), () =>
    docker.getContainer(name).remove({ force: true, v: true }),
  ).catch((error: unknown) => {
    const status = statusOf(error);
    if (status !== NO_SUCH && status !== BEING_REMOVED) throw error;
  });
}
