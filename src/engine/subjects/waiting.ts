// What a person asked for while a hold stood.
import type { SubjectStory } from "./story.ts";

/** Undefined when nothing waits. */
export function waitingErasure({ events }: SubjectStory): { readonly reason: string } | undefined {
  const last = events.at(-1);
  if (last?.type !== "ErasureDeferred") return undefined;
  const { reason } = last.data.values ?? {};
  return { reason: typeof reason === "string" ? reason : "" };
}
