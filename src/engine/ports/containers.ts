// Programs in containers. What may differ from one to the next is all that stands here; the rest is one template.
import type { RunId } from "../../domain/index.ts";
import type { ProcessGroup } from "./processes.ts";
import type { Health } from "./provider.ts";

export type ContainerProgram = {
  /** A name; what runs is the image that it stands for when the container is made, by its digest. */
  readonly image: string;
  /** The whole command line, never through a shell; the image's own when left out. */
  readonly command?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Whose it is, where that is known when it is made. */
  readonly run?: RunId;
  onStdout(bytes: Uint8Array): void;
  /** Without it the beginning is kept for the report of its end. */
  onStderr?(bytes: Uint8Array): void;
};

/** `ended` resolves when the container is removed. */
export type Container = Omit<ProcessGroup, "pid"> & {
  /** The name, and the digest that it stood for: `python:3.12-slim@sha256:…`. */
  readonly image: string;
};

export interface Containers {
  /**
   * GleitzeitError: PROVIDER_NOT_AVAILABLE (no daemon, or one that fails), PROVIDER_TIMEOUT, AUTHORIZATION_FAILED (may
   * not be asked), CONFIGURATION_ERROR (no such image, or a daemon that does not give what the template asks for),
   * TASK_PARAMETER_ERROR (the image cannot run the command), SYSTEM_SHUTDOWN (after close).
   */
  start(program: ContainerProgram): Promise<Container>;
  /** What a daemon answers, and what it can give. */
  health(): Promise<Health>;
  /** Removes what processes of this installation that live no more have left behind; how many that were. */
  sweep(): Promise<number>;
  /** How many there are, those included that are being made. */
  living(): number;
  /** Ends and removes all. Idempotent. */
  close(): Promise<void>;
}
