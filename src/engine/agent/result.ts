// What an agent comes to: its model's last answer, the tokens of all its turns, and the steps that led there.
import type { Json, RunCommand, TaskNode } from "../../domain/index.ts";
import type { Kit } from "../host.ts";
import { beyondLimit } from "../resolving/result-limit.ts";
import type { Exchange, Story } from "./story.ts";

const COUNTS = ["prompt_tokens", "completion_tokens", "tokens_used", "total_duration"];

/** Held to the limit of any result. */
export function agentResult({ limits }: Kit, { id }: TaskNode, { exchanges }: Story): RunCommand {
  const said = exchanges.at(-1)?.said ?? {};
  const result: Json = { ...said, ...totals(exchanges), steps: exchanges.map(stepOf) };
  const error = beyondLimit(limits, result);
  return error ? { type: "FailAgent", task: id, error } : { type: "EndAgent", task: id, result };
}

/** Where every turn says them. */
function totals(exchanges: readonly Exchange[]): { readonly [name: string]: number } {
  const counts = COUNTS.map((name) => {
    const values = exchanges.map(({ said }) => said[name]).filter((value) => typeof value === "number");
    const sum = values.reduce((a, b) => a + b, 0);
    return values.length === exchanges.length ? [[name, Math.round(sum * 1000) / 1000] as const] : [];
  });
  return Object.fromEntries(counts.flat());
}

const stepOf = ({ turn, requests, answers }: Exchange): Json => ({
  task: turn.id,
  calls: requests.flatMap((_, i) => {
    const called = answers.get(i)?.called;
    return called ? [{ ...called }] : [];
  }),
});
