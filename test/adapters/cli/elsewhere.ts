// A run that another process drives: parts of its own on the same store.
import { filter, firstValueFrom } from "rxjs";
import type { Driving, Parts } from "../../../src/adapters/cli/index.ts";
import type { Started } from "../../../src/engine/index.ts";
import { type Rig, STUCK } from "./rig.ts";

export type Elsewhere = { readonly parts: Parts; readonly driving: Driving; readonly started: Started };

/** Another process that drives nothing yet. */
export async function idle(here: Rig): Promise<Omit<Elsewhere, "started">> {
  const parts = here.parts();
  return { parts, driving: await parts.driving() };
}

/** Another process that drives a run which stays where it is. */
export async function elsewhere(here: Rig, name?: string, document = STUCK): Promise<Elsewhere> {
  const path = await here.file("stuck.yaml", document);
  const parts = here.parts();
  const request = await parts.request(await parts.workflow(path), {
    inputs: {},
    ...(name !== undefined && { name }),
  });
  const driving = await parts.driving();
  const stuck = firstValueFrom(
    driving.engine.live.pipe(filter(({ event }) => event.type === "TaskRetryScheduled")),
  );
  const started = await driving.engine.run(request, driving.actor);
  await stuck;
  return { parts, driving, started };
}
