// Quotas: so much of something a tenant may have. One table: a quota that nobody enforces is none.

export const QUOTAS = {
  open_runs: {
    least: 0,
    description: "Runs that have not ended, at once. Runs that other runs call are not counted.",
  },
  runs_per_day: {
    least: 0,
    description: "Runs submitted in one day (UTC). Runs that other runs call are not counted.",
  },
  requests_per_minute: {
    least: 1,
    description:
      "Requests over HTTP of one key, or of one address where nobody needs a key; instead of `server.requests_per_minute`.",
  },
} as const satisfies Readonly<Record<string, { readonly least: number; readonly description: string }>>;

export type Quota = keyof typeof QUOTAS;

export const isQuota = (name: string): name is Quota => Object.hasOwn(QUOTAS, name);
export const QUOTA_NAMES: readonly Quota[] = Object.keys(QUOTAS).filter(isQuota);

/** The same bound for every quota: what a reader in any language takes for a whole number. */
export const MOST_OF_A_QUOTA = 1_000_000_000;
