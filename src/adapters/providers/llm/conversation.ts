// One question and its answer. An answer that is not of the schema is sent back once, with what is wrong with it.
import type { Json } from "../../../domain/index.ts";
import type { Outcome, Usage } from "../../../engine/ports/index.ts";
import type { Ask, Facts } from "./ask.ts";
import type { Asking, Endpoint } from "./endpoint.ts";
import { failed, partialEvidence } from "./failed.ts";
import { type Price, usageOf } from "./prices.ts";
import type { Said } from "./said.ts";
import { answerCheck } from "./structured.ts";

export type Answered = {
  readonly said: Said;
  readonly parsed?: Json;
  readonly facts: Facts;
};

type How = Pick<Endpoint["wire"], "chat">["chat"];

export async function answered(to: Endpoint, ask: Ask, how: How, asking: Asking): Promise<Answered> {
  refuseImpossible(to, ask);
  const check = ask.format === undefined ? undefined : await answerCheck(ask.format);
  const said = await to.converse(how(ask), asking);
  refuseEmpty(to, said);
  refuseCutOff(to, ask, said);
  if (!check || said.calls.length > 0) return { said, facts: said.facts };
  const first = check(said.text);
  if (first.ok) return { said, parsed: first.value, facts: said.facts };
  if (isCutOff(said)) throw cutOff(to, said, "raise `max_tokens`");
  const second = await to.converse(to.wire.chat(corrected(ask, said, first.problem)), again(asking));
  const facts = together(said.facts, second.facts);
  const repaired = check(second.text);
  if (repaired.ok) return { said: second, parsed: repaired.value, facts };
  throw failed(
    "TASK_RESULT_INVALID",
    `the answer is not as \`response_format\` says, also when asked again: ${repaired.problem}`,
    {
      evidence: partialEvidence(second.text),
    },
  );
}

/** Its answer, and what is wrong with it. */
function corrected(ask: Ask, { text }: Said, problem: string): Ask {
  const said = (role: "assistant" | "user", words: string) => ({ role, text: words, images: [], calls: [] });
  const request = `That answer cannot be used: ${problem}. Answer again, with the corrected JSON and nothing else.`;
  return { ...ask, messages: [...ask.messages, said("assistant", text), said("user", request)] };
}

/** Another call to the server, which must not take it for a repetition. */
const again = (asking: Asking): Asking =>
  asking.idempotencyKey === undefined
    ? asking
    : { ...asking, idempotencyKey: `${asking.idempotencyKey}/corrected` };

const sum = (a: number | undefined, b: number | undefined): number | undefined =>
  a === undefined ? b : a + (b ?? 0);

const together = (a: Facts, b: Facts): Facts => ({
  ...a,
  ...b,
  promptTokens: sum(a.promptTokens, b.promptTokens),
  completionTokens: sum(a.completionTokens, b.completionTokens),
  durationMs: sum(a.durationMs, b.durationMs),
});

function refuseImpossible({ wire, server }: Endpoint, ask: Ask): void {
  const problem = wire.cannot(ask);
  if (problem) throw failed("INVALID_PARAMS", `params.${problem.param}: ${problem.why} (${server.origin})`);
}

/** Nothing is no answer. Whether asking again can help depends on why there is none. */
function refuseEmpty({ server }: Endpoint, { text, calls, facts }: Said): void {
  if (text.trim() !== "" || calls.length > 0) return;
  const why = facts.finishReason ?? "";
  if (isCutOff({ facts })) {
    const message = `the model said nothing before it reached its limit (${why}): raise \`max_tokens\``;
    throw failed("PROVIDER_ERROR", message, { retryable: false });
  }
  if (/filter|refus|safety/.test(why)) {
    throw failed("PROVIDER_ERROR", `the model refused to answer (${why})`, { retryable: false });
  }
  throw failed("PROVIDER_ERROR", `the model at ${server.origin} answered nothing`, { retryable: true });
}

const isCutOff = ({ facts }: Pick<Said, "facts">): boolean =>
  /length|max_tokens|context_window/.test(facts.finishReason ?? "");

/** As the servers call it that may be asked by `options`. */
const LIMITS = ["max_tokens", "max_completion_tokens", "num_predict", "n_predict"];

/** Whoever named a limit knows that an answer may end there. Where nobody did, half an answer is not taken for one. */
function refuseCutOff(to: Endpoint, { maxTokens, options }: Ask, said: Said): void {
  const isNamed = maxTokens !== undefined || LIMITS.some((name) => options[name] !== undefined);
  if (isCutOff(said) && !isNamed)
    throw cutOff(to, said, "say `max_tokens`, or give the model more room by `options`");
}

const cutOff = ({ server }: Endpoint, { text, facts }: Said, remedy: string) =>
  failed(
    "TASK_RESULT_INVALID",
    `the answer of ${server.origin} was cut off at a limit (${facts.finishReason}): ${remedy}`,
    { evidence: partialEvidence(text) },
  );

type Spoken = {
  readonly endpoint: Endpoint;
  readonly model: string;
  readonly digest: string | undefined;
  readonly price: Price | undefined;
  readonly tookMs: number;
};

/** The result and what is recorded beside it. */
export function spokenOutcome(
  { said, parsed, facts }: Answered,
  spoken: Spoken,
): Extract<Outcome, { readonly ok: true }> {
  const { endpoint, price, tookMs } = spoken;
  const { promptTokens, completionTokens } = facts;
  const model = facts.model ?? spoken.model;
  const digest = spoken.digest ?? facts.digest;
  const usage: Usage | undefined = usageOf(facts, price);
  return {
    ok: true,
    result: {
      response: said.text,
      content: said.text,
      role: "assistant",
      model,
      provider_id: endpoint.server.name,
      finish_reason: facts.finishReason ?? "stop",
      total_duration: Math.round(facts.durationMs ?? tookMs) / 1000,
      ...(promptTokens !== undefined && { prompt_tokens: promptTokens }),
      ...(completionTokens !== undefined && { completion_tokens: completionTokens }),
      ...(promptTokens !== undefined &&
        completionTokens !== undefined && { tokens_used: promptTokens + completionTokens }),
      ...(said.thinking !== "" && { thinking: said.thinking }),
      ...(said.calls.length > 0 && { tool_calls: said.calls.map((call) => ({ ...call })) }),
      ...(parsed !== undefined && { parsed }),
    },
    instance: endpoint.server.origin,
    model,
    ...(digest !== undefined && { modelDigest: digest }),
    ...(usage && { usage }),
  };
}
