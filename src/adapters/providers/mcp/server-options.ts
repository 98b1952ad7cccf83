// A server of the configuration, as whoever puts the parts together describes it.
import type { Millis } from "../../../domain/index.ts";
import type { Clock, JsonSchemas } from "../../../engine/ports/index.ts";
import type { Way } from "./link.ts";

export type ServerOptions = {
  /** In the configuration; what documents call it by. */
  readonly name: string;
  /** Told to the server, as the client's. */
  readonly version: string;
  /** How it is reached; found out when it is first called, and each time it is started again. */
  readonly way: () => Promise<Way>;
  /** Of all servers here, to be said where a document asks for another. */
  readonly servers: () => readonly string[];
  readonly clock: Clock;
  readonly schemas: () => Promise<JsonSchemas>;
  /** For its first answer after a start. */
  readonly startMs?: Millis | undefined;
  /** Of one message from it. */
  readonly mostBytes: number;
};
