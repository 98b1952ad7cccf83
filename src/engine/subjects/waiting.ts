// What a person asked for while a hold stood.
import { reasonIn } from "./reason.ts";
import type { SubjectStory } from "./story.ts";

/** Undefined when nothing waits. */
export function waitingErasure({
  events,
}: SubjectStory): { readonly reason: string; readonly name?: string } | undefined {
  const last = events.at(-1);
  if (last?.type !== "ErasureDeferred") return undefined;
  const { name, values } = last.data;
  return { reason: reasonIn(values), ...(name !== undefined && { name }) };
}
