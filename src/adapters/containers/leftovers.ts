// Containers that a process left behind when it was killed. Only those of this installation are touched, and only
// where the process that made them lives no more.
import { z } from "zod";
import type { Daemon } from "./daemon.ts";
import { removed } from "./removed.ts";
import { LABELS, type Maker } from "./template.ts";

export type Own = Maker & { readonly isAlive: (worker: string) => Promise<boolean> };

const Listed = z.array(z.object({ Id: z.string(), Labels: z.record(z.string(), z.string()) }));

export async function sweptLeftovers(daemon: Daemon, own: Own): Promise<number> {
  const { ask, docker } = daemon;
  const label = [`${LABELS.installation}=${own.installation}`];
  const listed = await ask("list containers", Listed, () =>
    docker.listContainers({ all: true, filters: { label } }),
  );
  let count = 0;
  for (const { Id, Labels } of listed) {
    const worker = Labels[LABELS.worker];
    const isOwn = Labels[LABELS.installation] === own.installation && worker !== undefined;
    if (!isOwn || worker === own.worker || (await own.isAlive(worker))) continue;
    await removed(daemon, Id);
    count += 1;
  }
  return count;
}
