// Providers with several instances: what may be said of each, and of how calls are shared out among them.
import { z } from "zod";
import { type BreakerPolicy, type RateLimit, STRATEGIES, type Strategy } from "../../domain/index.ts";
import { Duration, millisIn } from "./duration.ts";

const isStrategy = (text: string): text is Strategy => Object.hasOwn(STRATEGIES, text);

const STRATEGY_NAMES = Object.keys(STRATEGIES).filter(isStrategy);

const PerMinute = z.number().positive().describe("Calls a minute.");
const Burst = z
  .number()
  .min(1)
  .describe("Calls at once after a pause; what a second allows, and one at least, when left out.");

const Rate = { requests_per_minute: PerMinute, burst: Burst.exactOptional() };

const RateLimits = z
  .strictObject({
    requests_per_minute: PerMinute.exactOptional(),
    burst: Burst.exactOptional(),
    models: z
      .record(z.string().min(1), z.strictObject(Rate))
      .exactOptional()
      .describe("Model → a limit of its own, beside the one for all."),
  })
  .refine(({ requests_per_minute, models }) => (requests_per_minute ?? models) !== undefined, {
    error: "expected `requests_per_minute`, or `models` with theirs",
    path: ["requests_per_minute"],
  });

const ofEach = {
  max_concurrent: z.int().min(1).max(10_000).exactOptional().describe("Calls under way at once."),
  rate_limit: RateLimits.exactOptional().describe("Calls beyond it wait, or go elsewhere."),
};

/** Of an instance. */
export const InstanceKeys = {
  name: z
    .string()
    .min(1)
    .max(200)
    .exactOptional()
    .describe("What it is called in events and messages; its address when left out."),
  weight: z
    .number()
    .positive()
    .exactOptional()
    .describe("Its share of the calls beside the others'; 1 when left out."),
  priority: z
    .int()
    .exactOptional()
    .describe("With strategy `priority`: the lowest is asked first; 1 when left out."),
  ...ofEach,
};

const Breaker = z.strictObject({
  failure_threshold: z.int().min(1).default(5).describe("Failures one after the other that open it."),
  recovery_timeout: Duration.default(60).describe(
    "How long it stays open before calls try the instance again.",
  ),
  half_open_requests: z.int().min(1).default(3).describe("Calls that may try at once."),
  success_threshold: z.int().min(1).default(2).describe("Their successes that close it."),
});

const HealthCheck = z.strictObject({
  interval: Duration.default(30).describe("From the end of one check to the next, while calls are made."),
  timeout: Duration.default(5).describe("Of one check."),
  unhealthy_after: z
    .int()
    .min(1)
    .default(2)
    .describe("Failed checks in a row; one that succeeds is enough to return."),
  enabled: z.boolean().default(true),
});

/** Of a provider; those of `ofEach` hold for each instance that says nothing itself. */
export const PoolKeys = {
  strategy: z
    .enum(STRATEGY_NAMES, { error: `expected one of ${STRATEGY_NAMES.join(", ")}` })
    .exactOptional()
    .describe("Which instance gets a call; `least_loaded` when left out."),
  circuit_breaker: Breaker.exactOptional().describe(
    "An instance that fails again and again gets no calls for a while. With several instances it is always there.",
  ),
  health_check: HealthCheck.exactOptional().describe(
    "Whether instances are asked how they are. With several instances they are, unless it says otherwise.",
  ),
  max_queue: z
    .int()
    .min(0)
    .max(100_000)
    .exactOptional()
    .describe("Calls that may wait for an instance; 1000 when left out, more are refused."),
  ...ofEach,
};

type Limits = z.output<typeof RateLimits>;
type OfEach = { readonly max_concurrent?: number; readonly rate_limit?: Limits };
type OfInstance = OfEach & {
  readonly url?: string;
  readonly name?: string;
  readonly weight?: number;
  readonly priority?: number;
};
export type PoolSettings = OfEach & {
  readonly strategy?: Strategy;
  readonly circuit_breaker?: z.output<typeof Breaker>;
  readonly health_check?: z.output<typeof HealthCheck>;
  readonly max_queue?: number;
};

/** One instance of which nothing is said needs nobody to choose. */
export const isPooled = (settings: PoolSettings, instances: readonly OfInstance[]): boolean =>
  instances.length > 1 ||
  Object.keys(PoolKeys).some((key) => Object.hasOwn(settings, key)) ||
  instances.some((one) => Object.keys(ofEach).some((key) => Object.hasOwn(one, key)));

export type PoolPolicy = {
  readonly strategy: Strategy;
  readonly breaker: BreakerPolicy;
  readonly maxQueue: number;
  readonly health?: {
    readonly intervalMs: number;
    readonly timeoutMs: number;
    readonly unhealthyAfter: number;
  };
};

export function poolPolicy(settings: PoolSettings): PoolPolicy {
  const breaker = settings.circuit_breaker ?? Breaker.parse({});
  const health = settings.health_check ?? HealthCheck.parse({});
  return {
    strategy: settings.strategy ?? "least_loaded",
    breaker: {
      failureThreshold: breaker.failure_threshold,
      recoveryMs: millisIn(breaker.recovery_timeout),
      halfOpenRequests: breaker.half_open_requests,
      successThreshold: breaker.success_threshold,
    },
    maxQueue: settings.max_queue ?? 1000,
    ...(health.enabled && {
      health: {
        intervalMs: millisIn(health.interval),
        timeoutMs: millisIn(health.timeout),
        unhealthyAfter: health.unhealthy_after,
      },
    }),
  };
}

export type InstancePolicy = {
  readonly weight: number;
  readonly priority: number;
  readonly maxConcurrent: number;
  readonly limits: readonly RateLimit[];
};

export function instancePolicy(all: OfEach, one: OfInstance): InstancePolicy {
  const { weight = 1, priority = 1 } = one;
  const limits = one.rate_limit ?? all.rate_limit;
  return {
    weight,
    priority,
    maxConcurrent: one.max_concurrent ?? all.max_concurrent ?? Number.POSITIVE_INFINITY,
    limits: limits ? limitsIn(limits) : [],
  };
}

function limitsIn({ requests_per_minute, burst, models = {} }: Limits): readonly RateLimit[] {
  const limit = (perMinute: number, atOnce: number | undefined): RateLimit => ({
    perMinute,
    burst: atOnce ?? Math.max(1, Math.ceil(perMinute / 60)),
  });
  return [
    ...(requests_per_minute === undefined ? [] : [limit(requests_per_minute, burst)]),
    ...Object.entries(models).map(([model, own]) => ({
      model,
      ...limit(own.requests_per_minute, own.burst),
    })),
  ];
}
