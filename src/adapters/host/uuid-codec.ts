// What the uuid package has made is well-formed: asking a schema again for each event costs more than making it.
import type { EventId, RunId } from "../../domain/index.ts";

export const eventIdOf = (uuid: string): EventId => uuid as EventId;
export const runIdOf = (uuid: string): RunId => uuid as RunId;
