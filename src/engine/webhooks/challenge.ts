// Whoever receives says that it wants to: before the first delivery to an address it is sent a word, and answers with it.
import {
  type Actor,
  challengeData,
  GleitzeitError,
  isObject,
  parseJson,
  webhookOfStream,
} from "../../domain/index.ts";
import { type Attempted, attempt, type Target } from "./attempt.ts";
import type { SendingKit } from "./kit.ts";
import { madeMessage } from "./made-message.ts";

/** INVALID_PARAMS where the receiver answers anything else, or nothing. */
export async function challenged(kit: SendingKit, target: Target, actor: Actor): Promise<void> {
  const webhook = webhookOfStream(target.stream);
  const word = [...kit.random.salt()].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const recipe = { format: 1, type: "webhook.challenge", payload: "full" } as const;
  const message = madeMessage(kit, webhook, recipe, challengeData(webhook, actor, word));
  const result = await attempt(kit, target, message, new AbortController().signal);
  const problem = problemIn(result, word);
  if (problem !== undefined)
    throw new GleitzeitError("INVALID_PARAMS", `url: the challenge failed: ${problem}`);
}

function problemIn({ outcome, message, response = "" }: Attempted, word: string): string | undefined {
  if (outcome === "failed") return message ?? "the receiver did not take it";
  const isAnswered = response.trim() === word || challengeIn(response) === word;
  return isAnswered ? undefined : "the receiver answered without `data.challenge`";
}

function challengeIn(text: string): unknown {
  try {
    const answer = parseJson(text);
    return isObject(answer) ? answer.challenge : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
