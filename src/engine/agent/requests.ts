// Which tools a model asks for, read from its answer: whatever it says, something can be answered to it.
import { isList, isObject, type Json, type JsonObject } from "../../domain/index.ts";

export type Requested = {
  readonly id: string;
  readonly name: string;
  /** Undefined where they are no map. */
  readonly arguments: JsonObject | undefined;
};

export const requestsIn = ({ tool_calls }: JsonObject): readonly Requested[] =>
  isList(tool_calls) ? tool_calls.map(requestOf) : [];

function requestOf(written: Json, place: number): Requested {
  const { id, name, arguments: given } = isObject(written) ? written : {};
  return {
    id: typeof id === "string" && id !== "" ? id : `call_${place}`,
    name: typeof name === "string" ? name : "",
    arguments: isObject(given) ? given : undefined,
  };
}
