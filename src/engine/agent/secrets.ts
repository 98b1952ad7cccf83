// Secrets in what a document gives to the calls of an agent's tools: by name and place, as in the params of any call.
import { type AgentTool, type Json, SecretPlace } from "../../domain/index.ts";

/** Which tool's params an agent's secret stands in, and where; undefined where it stands elsewhere. */
export function placeInTool({ path }: SecretPlace) {
  const [tools, tool, params, ...rest] = path;
  return tools === "tools" && typeof tool === "number" && params === "params" ? { tool, rest } : undefined;
}

/** Those of the calls of one tool, in its method's params. */
export function secretsOf(
  recorded: Json | undefined,
  place: number,
  { protocol }: AgentTool,
): readonly SecretPlace[] {
  const all = recorded === undefined ? [] : SecretPlace.array().parse(recorded);
  return all.flatMap((secret) => {
    const found = placeInTool(secret);
    if (found?.tool !== place) return [];
    const isArgument = protocol === "mcp/v1" && found.rest[0] !== "server";
    return [{ ...secret, path: isArgument ? ["arguments", ...found.rest] : found.rest }];
  });
}
