// A provider that is told secrets of the configuration (keys, headers, environment) and says none of them: whatever comes
// back from whoever it calls goes through here.
import { isObject } from "../../domain/index.ts";
import type {
  CheckReport,
  Described,
  Foreseen,
  Health,
  InstanceHealth,
  Log,
  Outcome,
  Provider,
} from "../ports/index.ts";
import { type Scrub, scrubOf } from "../secrets/scrub.ts";
import { scrubbedChunks } from "../secrets/scrubbed-chunks.ts";

export type Confidence = {
  /** Notes what somebody is about to be told, and gives it back. */
  readonly tell: <T extends string | undefined>(value: T) => T;
  /** For all that was told until now: one that was rotated may still come back. */
  readonly scrub: () => Scrub;
};

export function confidence(): Confidence {
  const told = new Set<string>();
  let scrub = scrubOf(told);
  return {
    tell: (value) => {
      if (value !== undefined && !told.has(value)) scrub = scrubOf(told.add(value));
      return value;
    },
    scrub: () => scrub,
  };
}

export function discreet(provider: Provider, { scrub }: Pick<Confidence, "scrub">): Provider {
  return {
    ...provider,
    execute: async (call, context) => {
      let chunks: ReturnType<typeof scrubbedChunks> | undefined;
      const outcome = await provider.execute(call, {
        ...context,
        log: discreetLog(scrub, context.log),
        emit: (chunk) => {
          // A key is read before its call is made: by the first chunk it is known.
          chunks ??= scrubbedChunks(scrub(), (one) => context.emit(one));
          chunks.emit(chunk);
        },
      });
      chunks?.end();
      return scrubbedOutcome(outcome, scrub());
    },
    ...(provider.preflight && {
      preflight: async (call) =>
        ((await provider.preflight?.(call)) ?? []).map((one) => scrubbedForeseen(one, scrub())),
    }),
    ...(provider.described && {
      described: async () => scrubbedMethods((await provider.described?.()) ?? {}, scrub()),
    }),
    ...(provider.describe && {
      describe: async (method) => scrubbedWords(await provider.describe?.(method), scrub()),
    }),
    ...(provider.health && {
      health: async () => scrubbedHealth((await provider.health?.()) ?? { status: "unhealthy" }, scrub()),
    }),
  };
}

/** What was found out about one that was told as much. */
export async function* discreetly(
  reports: AsyncIterable<CheckReport>,
  { scrub }: Pick<Confidence, "scrub">,
): AsyncGenerator<CheckReport> {
  for await (const { detail, ...report } of reports)
    yield { ...report, ...(detail !== undefined && { detail: scrub().cut(detail) }) };
}

function discreetLog(scrub: Confidence["scrub"], log: Log): Log {
  const line =
    (level: keyof Log): Log[keyof Log] =>
    (fields, message) =>
      scrub().log(log)[level](fields, message);
  return { debug: line("debug"), info: line("info"), warn: line("warn"), error: line("error") };
}

function scrubbedOutcome(outcome: Outcome, scrub: Scrub): Outcome {
  const { instance } = outcome;
  const place = instance !== undefined && { instance: scrub.text(instance) };
  if (!outcome.ok) {
    const { error, evidence } = outcome;
    const clean = evidence && {
      ...evidence,
      ...(evidence.stdout !== undefined && { stdout: scrub.cut(evidence.stdout) }),
      ...(evidence.stderr !== undefined && { stderr: scrub.cut(evidence.stderr) }),
      ...(evidence.partial !== undefined && { partial: scrub.cutJson(evidence.partial) }),
      ...(evidence.http && { http: { ...evidence.http, body: scrub.cut(evidence.http.body) } }),
    };
    return { ...outcome, ...place, error: scrub.error(error), ...(clean && { evidence: clean }) };
  }
  const { result, model, modelDigest } = outcome;
  return {
    ...outcome,
    ...place,
    result: scrub.result(result),
    ...(model !== undefined && { model: scrub.text(model) }),
    ...(modelDigest !== undefined && { modelDigest: scrub.text(modelDigest) }),
  };
}

const scrubbedForeseen = (foreseen: Foreseen, { text }: Scrub): Foreseen => ({
  ...foreseen,
  message: text(foreseen.message),
});

const scrubbedMethods = (methods: Provider["methods"], { text }: Scrub): Provider["methods"] =>
  Object.fromEntries(
    Object.entries(methods).map(([name, method]) => [
      name,
      { ...method, description: text(method.description) },
    ]),
  );

function scrubbedWords(words: Described | undefined, { text, json }: Scrub): Described | undefined {
  if (!words) return undefined;
  const { description, parameters } = words;
  const clean = json(parameters);
  return {
    parameters: isObject(clean) ? clean : {},
    ...(description !== undefined && { description: text(description) }),
  };
}

function scrubbedHealth({ detail, instances, ...health }: Health, { cut }: Scrub): Health {
  const ofInstance = ({ detail: said, ...rest }: InstanceHealth): InstanceHealth => ({
    ...rest,
    ...(said !== undefined && { detail: cut(said) }),
  });
  return {
    ...health,
    ...(detail !== undefined && { detail: cut(detail) }),
    ...(instances && { instances: instances.map(ofInstance) }),
  };
}
