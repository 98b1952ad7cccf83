// What only the server of a tool can say of it: asked there, recorded where calls are, and taken from there.
import { type CassetteCall, isObject, type Json, type JsonObject, schemaJson } from "../../domain/index.ts";
import type { Kit } from "../host.ts";
import type { Caller, Described, Provider } from "../ports/index.ts";

type Asked = {
  readonly protocol: string;
  readonly name: string;
  readonly provider: string | undefined;
};

/** Undefined where it says nothing beyond the published schema. */
export async function toldOf(
  { cassette }: Kit,
  caller: Caller,
  { protocol, name, provider }: Asked,
  speaker: Provider,
): Promise<Described | undefined> {
  if (!speaker.describe && !speaker.described) return undefined;
  const call: CassetteCall = {
    asks: "description",
    protocol,
    method: name,
    ...(provider !== undefined && { provider }),
    params: {},
  };
  if (cassette?.kind === "play") {
    const answer = cassette.answer(call, caller);
    return "result" in answer ? describedIn(answer.result) : undefined;
  }
  const told = (await speaker.describe?.(name)) ?? (await listed(speaker, name));
  if (told && cassette) await cassette.keep(call, caller, { result: resultOf(told), provider: speaker.name });
  return told;
}

async function listed(speaker: Provider, name: string): Promise<Described | undefined> {
  const method = (await speaker.described?.())?.[name];
  return method && { description: method.description, parameters: schemaJson(method.params) };
}

const resultOf = ({ description, parameters }: Described): JsonObject => ({
  parameters,
  ...(description !== undefined && { description }),
});

function describedIn(result: Json): Described | undefined {
  if (!isObject(result) || !isObject(result.parameters)) return undefined;
  const { description, parameters } = result;
  return { parameters, ...(typeof description === "string" && { description }) };
}
