// Routes of flags and quotas.
import { admin, auditing, type Row } from "./row.ts";

export const SETTINGS: readonly Row[] = [
  {
    route: "GET /v1/admin/flags",
    roles: auditing,
    good: () => ({ path: "/v1/admin/flags" }),
    bad: "nothing",
    missing: "nothing",
  },
  {
    route: "PUT /v1/admin/flags/{flag}",
    roles: admin,
    good: () => ({ path: "/v1/admin/flags/webhooks", body: { on: true, reason: "as it was" } }),
    bad: { path: "/v1/admin/flags/webhooks", body: { on: "yes" } },
    missing: "nothing",
  },
  {
    route: "DELETE /v1/admin/flags/{flag}",
    roles: admin,
    good: () => ({ path: "/v1/admin/flags/webhooks?reason=done" }),
    bad: { path: "/v1/admin/flags/wehbooks" },
    missing: "nothing",
  },
  {
    route: "GET /v1/admin/quotas",
    roles: auditing,
    good: () => ({ path: "/v1/admin/quotas" }),
    bad: "nothing",
    missing: "nothing",
  },
  {
    route: "PUT /v1/admin/quotas/{quota}",
    roles: admin,
    good: () => ({ path: "/v1/admin/quotas/open_runs", body: { limit: 100_000 } }),
    bad: { path: "/v1/admin/quotas/requests_per_minute", body: { limit: 0 } },
    missing: "nothing",
  },
  {
    route: "DELETE /v1/admin/quotas/{quota}",
    roles: admin,
    good: () => ({ path: "/v1/admin/quotas/open_runs" }),
    bad: { path: "/v1/admin/quotas/closed_runs" },
    missing: "nothing",
  },
];
