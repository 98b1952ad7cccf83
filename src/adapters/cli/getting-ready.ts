// The time before a run begins: an interpreter or a server may have to start, and somebody may lose patience.
import { GleitzeitError } from "../../domain/index.ts";
import type { RunRequestDocument } from "../../engine/index.ts";
import type { Context } from "./context.ts";

const PATIENCE_MS = 1000;

/** An interrupt before anything is recorded leaves nothing to resume. */
export async function gettingReady(
  request: RunRequestDocument,
  { parts, terminal, globals }: Context,
): Promise<void> {
  const { interrupted, err } = terminal;
  const cancel = parts.clock.after(PATIENCE_MS, () => {
    if (!globals.quiet) err.write("getting interpreters and servers ready; the first time takes longer\n");
  });
  const stopped = new Promise<void>((resolve) =>
    interrupted.addEventListener("abort", () => resolve(), { once: true }),
  );
  try {
    await Promise.race([parts.ready(request), stopped]);
  } finally {
    cancel();
  }
  if (!interrupted.aborted) return;
  throw new GleitzeitError("INTERRUPTED", "interrupted before the run began; nothing was recorded");
}
