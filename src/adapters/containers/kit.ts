// What one container is made with.
import type { Clock, Log } from "../../engine/ports/index.ts";
import type { Daemon } from "./daemon.ts";
import type { Maker, Sizes } from "./template.ts";

export type Kit = {
  readonly daemon: Daemon;
  readonly clock: Clock;
  readonly log: Log;
  readonly maker: Maker;
  readonly sizes: Sizes;
  /** Told of containers that could not be removed, by name. */
  readonly owe: (name: string, why: Error) => void;
};
