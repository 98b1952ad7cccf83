// Token buckets: so many calls a minute, a few of them at once. Each limit of an instance has one.
import type { Millis } from "../instant.ts";

export type RateLimit = {
  /** Only calls of that model count; all where none is named. */
  readonly model?: string;
  readonly perMinute: number;
  /** Calls that may be made at once after a pause. */
  readonly burst: number;
};

export type Bucket = { readonly tokens: number; readonly at: Millis };

export const fullBucket = ({ burst }: RateLimit, at: Millis): Bucket => ({ tokens: burst, at });

/** Where the limit was another one before: no more than is left of that, so that nothing is gained by changing it. */
export function bucketFor(
  limit: RateLimit,
  before: {
    readonly instance: { readonly limits: readonly RateLimit[] };
    readonly load: { readonly buckets: readonly Bucket[] };
  },
  now: Millis,
): Bucket {
  const place = before.instance.limits.findIndex(({ model }) => model === limit.model);
  const [old, bucket] = [before.instance.limits[place], before.load.buckets[place]];
  if (!old || !bucket) return fullBucket(limit, now);
  const { tokens, at } = filled(bucket, old, now);
  return { tokens: Math.min(tokens, limit.burst), at };
}

export const concerns = ({ model }: RateLimit, asked: string | undefined): boolean =>
  model === undefined || model === asked;

/** `at` is on the steady clock. */
const filled = ({ tokens, at }: Bucket, { perMinute, burst }: RateLimit, now: Millis): Bucket => ({
  tokens: Math.min(burst, tokens + (Math.max(0, now - at) * perMinute) / MINUTE),
  at: now,
});

/** How long until there is a token; 0 where there is one. */
export function msToToken(bucket: Bucket, limit: RateLimit, now: Millis): Millis {
  const { tokens } = filled(bucket, limit, now);
  return tokens >= WHOLE ? 0 : Math.ceil(((1 - tokens) * MINUTE) / limit.perMinute);
}

export function spent(bucket: Bucket, limit: RateLimit, now: Millis): Bucket {
  const { tokens, at } = filled(bucket, limit, now);
  return { tokens: Math.max(0, tokens - 1), at };
}

const MINUTE = 60_000;
/** Fractions add up to a little less than one. */
const WHOLE = 1 - 1e-9;
