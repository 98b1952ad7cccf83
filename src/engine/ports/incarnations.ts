import type { Incarnation } from "../../domain/index.ts";

/** Tells living processes from dead ones, by a lock that the operating system releases with the process. */
export interface Incarnations {
  /** This process; its lock is held from opening to close. */
  readonly own: Incarnation;
  isAlive(incarnation: Incarnation): Promise<boolean>;
  close(): Promise<void>;
}
