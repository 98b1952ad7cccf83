import type { Decision } from "../../domain/index.ts";
import type { Input } from "../driven.ts";
import type { RunDriver } from "./run-driver.ts";

/** Handed to the run's driver; the answer comes when what was decided is durable. */
export const posted = (driver: RunDriver, input: Input): Promise<Decision> =>
  new Promise((reply, fail) => driver.post({ ...input, reply, fail }));
