// Waiting for the end of a run, or its pause, for as long as whoever asks wants to wait.
import type { RunId } from "../../domain/index.ts";
import { type DriveEnd, ended, historyOf } from "../../engine/index.ts";
import type { RouteKit } from "./app.ts";

type Wait = {
  readonly run: RunId;
  /** Of a run that was started here. */
  readonly end: Promise<DriveEnd> | undefined;
  readonly ms: number;
  /** Whoever asked has hung up. */
  readonly gone: AbortSignal;
};

export async function waitedFor({ clock, driving, closing }: RouteKit, wait: Wait): Promise<void> {
  if (wait.ms === 0) return;
  const until = clock.monotonic() + wait.ms;
  const interrupted = AbortSignal.any([wait.gone, closing]);
  if (wait.end) {
    let cancel = (): void => undefined;
    const over = new Promise<void>((resolve) => {
      cancel = clock.after(wait.ms, resolve);
      interrupted.addEventListener("abort", () => resolve(), { once: true });
    });
    await Promise.race([wait.end, over]).finally(() => cancel());
    return;
  }
  const { detail } = await historyOf(driving, wait.run);
  if (detail.endedAt !== undefined || detail.status === "paused") return;
  await ended(
    { clock, interrupted },
    driving,
    wait.run,
    detail.events,
    async () => clock.monotonic() > until,
  );
}
