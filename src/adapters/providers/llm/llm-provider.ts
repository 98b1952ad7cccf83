// `llm/v1` by one model server, whichever protocol it speaks.
import { errorInfoOf, GleitzeitError } from "../../../domain/index.ts";
import {
  type Clock,
  type Health,
  type MethodContext,
  type Outbound,
  type Outcome,
  type Provider,
  providerOf,
  type ServedMethod,
} from "../../../engine/ports/index.ts";
import type { Ask, WireRequest } from "./ask.ts";
import { asked, type Spoken } from "./asked.ts";
import { attachments } from "./attachments.ts";
import { answered, spokenOutcome } from "./conversation.ts";
import { type ApiKey, type Asking, type Endpoint, endpoint, outcomeOfError } from "./endpoint.ts";
import { failed } from "./failed.ts";
import * as methods from "./methods.ts";
import { modelsOf } from "./models.ts";
import { ChatParams, CompleteParams, EmbedParams, VisionParams } from "./params.ts";
import { type Price, usageOf } from "./prices.ts";
import { type WireType, wireOf } from "./wires.ts";

export type LlmOptions = {
  readonly name: string;
  readonly type: WireType;
  readonly url: string;
  readonly apiKey?: ApiKey | undefined;
  readonly defaultModel?: string | undefined;
  /** Of several providers, calls for these are for this one. */
  readonly models: readonly string[];
  /** By the name of the model. */
  readonly prices: Readonly<Record<string, Price>>;
  /** Of one call; the task's own timeout holds too. */
  readonly timeoutMs?: number | undefined;
  /** Trusted: the address is the operator's. */
  readonly outbound: Outbound;
  readonly clock: Clock;
  readonly mostBytes: number;
};

const HEALTH_MS = 5_000;

export function llmProvider(options: LlmOptions): Provider {
  const { name, type, clock, prices } = options;
  const wire = wireOf(type, options.url);
  const to = endpoint({ ...options, wire });
  const models = modelsOf(to, options.defaultModel);

  /** Within the provider's own time; failures are outcomes. */
  const served =
    (work: (context: MethodContext, asking: Omit<Asking, "model">) => Promise<Outcome>) =>
    async (context: MethodContext): Promise<Outcome> => {
      const limit = deadline(clock, options.timeoutMs, context.signal);
      const { timeoutMs: silenceMs, idempotencyKey } = context;
      try {
        const emit: Asking["emit"] = (chunk) => context.emit(chunk);
        return await work(context, { emit, signal: limit.signal, silenceMs, idempotencyKey });
      } catch (error) {
        const outcome = outcomeOfError(error);
        if (outcome) return outcome;
        throw error;
      } finally {
        limit.end();
      }
    };

  const spoken = (params: Spoken, how: (ask: Ask) => WireRequest) =>
    served(async (context, asking) => {
      const begun = clock.monotonic();
      const attached = await attachments(params, context);
      const model = await models.chosen(params.model, asking);
      const answer = await answered(to, asked(params, model, attached), how, { ...asking, model });
      const digest = await models.digest(model, asking);
      const tookMs = clock.monotonic() - begun;
      return spokenOutcome(answer, { endpoint: to, model, digest, price: prices[model], tookMs });
    });

  const embedded = (params: EmbedParams) =>
    served(async (_, asking) => {
      const model = await models.chosen(params.model, asking);
      const given = params.text ?? params.input ?? [];
      const texts = typeof given === "string" ? [given] : given;
      const request = wire.embed?.(model, texts, params.options);
      if (!request) throw failed("METHOD_NOT_SUPPORTED", `${to.server.origin} makes no vectors`);
      const found = wire.embedded(await to.read(request, { ...asking, model }));
      const [first] = found?.embeddings ?? [];
      if (!found || !first || found.embeddings.length !== texts.length)
        throw failed("PROVIDER_ERROR", `${to.server.origin} did not answer with a vector for each text`, {
          retryable: true,
        });
      const digest = await models.digest(model, asking);
      const usage = usageOf(found.facts, prices[model]);
      const said = found.facts.model ?? model;
      return {
        ok: true,
        result: { embedding: first, embeddings: found.embeddings, model: said, dimensions: first.length },
        instance: to.server.origin,
        model: said,
        ...(digest !== undefined && { modelDigest: digest }),
        ...(usage && { usage }),
      };
    });

  const listed = served(async (_, asking) => {
    const found = await models.all(asking);
    const instances = [to.server.origin];
    return { ok: true, result: { models: found.map((one) => ({ name: one.name, instances })) } };
  });

  const chat: ServedMethod = {
    ...methods.chat,
    answer: (params, context) => spoken(ChatParams.parse(params), wire.chat)(context),
  };
  const vision: ServedMethod = {
    ...methods.vision,
    answer: (params, context) => spoken(VisionParams.parse(params), wire.chat)(context),
  };
  const complete: ServedMethod = {
    ...methods.complete,
    answer: async (params, context) =>
      asText(await spoken(CompleteParams.parse(params), wire.complete)(context)),
  };
  const embed: ServedMethod = {
    ...methods.embed,
    answer: (params, context) => embedded(EmbedParams.parse(params))(context),
  };
  const list: ServedMethod = { ...methods.listModels, answer: (_, context) => listed(context) };

  return providerOf({
    protocol: "llm/v1",
    name,
    methods: {
      chat,
      complete,
      generate: complete,
      vision,
      ...(wire.embed && { embed, embeddings: embed }),
      list_models: list,
    },
    takes: ({ params }) => typeof params.model === "string" && options.models.includes(params.model),
    health: () => health(models, to, clock),
  });
}

/** Completions have no role, and name their text once more. */
function asText(outcome: Outcome): Outcome {
  if (!outcome.ok || typeof outcome.result !== "object" || outcome.result === null) return outcome;
  const { role: _, ...result } = Object.fromEntries(Object.entries(outcome.result));
  return { ...outcome, result: { ...result, text: result.response ?? "" } };
}

async function health(
  models: ReturnType<typeof modelsOf>,
  { server }: Endpoint,
  clock: Clock,
): Promise<Health> {
  const limit = deadline(clock, HEALTH_MS, new AbortController().signal);
  try {
    const found = await models.all({ signal: limit.signal, silenceMs: HEALTH_MS });
    return {
      status: "healthy",
      detail: `${found.length} model${found.length === 1 ? "" : "s"} at ${server.origin}`,
    };
  } catch (error) {
    return { status: "unhealthy", detail: errorInfoOf(error).message };
  } finally {
    limit.end();
  }
}

/** The call's own signal, and the time that its provider gives it. */
function deadline(clock: Clock, ms: number | undefined, signal: AbortSignal) {
  if (ms === undefined) return { signal, end: () => undefined };
  const late = new AbortController();
  const end = clock.after(ms, () =>
    late.abort(new GleitzeitError("PROVIDER_TIMEOUT", `no whole answer within ${ms / 1000} seconds`)),
  );
  return { signal: AbortSignal.any([signal, late.signal]), end };
}
