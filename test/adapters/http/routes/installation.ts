// Routes of the installation: what it has, who may come in, what is signed, what is done about persons.
import { admin, auditing, everybody, NOBODY, type Row, SURPRISE } from "./row.ts";

export const INSTALLATION: readonly Row[] = [
  {
    route: "GET /v1/providers",
    roles: everybody,
    good: () => ({ path: "/v1/providers" }),
    bad: "nothing",
    missing: "nothing",
  },
  {
    route: "GET /v1/usage",
    roles: everybody,
    good: () => ({ path: "/v1/usage" }),
    bad: "nothing",
    missing: "nothing",
  },
  {
    route: "GET /v1/audit/checkpoint",
    roles: everybody,
    good: () => ({ path: "/v1/audit/checkpoint" }),
    bad: "nothing",
    missing: "nothing",
  },
  {
    route: "GET /v1/audit/vkey",
    roles: everybody,
    good: () => ({ path: "/v1/audit/vkey" }),
    bad: "nothing",
    missing: "nothing",
  },
  {
    route: "GET /v1/audit/proof/{event}",
    roles: everybody,
    good: ({ event }) => ({ path: `/v1/audit/proof/${event}` }),
    bad: { path: "/v1/audit/proof/7" },
    missing: { path: `/v1/audit/proof/${NOBODY}` },
  },
  {
    route: "GET /v1/audit/tile/{level}/{tile}",
    roles: everybody,
    good: () => ({ path: "/v1/audit/tile/0/000.p/1" }),
    bad: { path: "/v1/audit/tile/x/000.p/1" },
    missing: { path: "/v1/audit/tile/0/999" },
  },
  {
    route: "GET /v1/audit/tile/entries/{tile}",
    roles: auditing,
    good: () => ({ path: "/v1/audit/tile/entries/000.p/1" }),
    bad: { path: `/v1/audit/tile/entries/${"x".repeat(101)}` },
    missing: { path: "/v1/audit/tile/entries/0" },
  },
  {
    route: "POST /v1/admin/erasures",
    roles: admin,
    good: () => ({ path: "/v1/admin/erasures", body: { subject: "jane", reason: "asked for" } }),
    bad: { path: "/v1/admin/erasures", body: { subject: "jane" } },
    missing: { path: "/v1/admin/erasures", body: { subject: "nobody", reason: "asked for" } },
  },
  {
    route: "POST /v1/admin/holds",
    roles: admin,
    good: ({ run }) => ({ path: "/v1/admin/holds", body: { run } }),
    bad: { path: "/v1/admin/holds", body: { run: "x", subject: "y" } },
    missing: { path: "/v1/admin/holds", body: { run: NOBODY } },
  },
  {
    route: "POST /v1/admin/holds/release",
    roles: admin,
    good: ({ run }) => ({ path: "/v1/admin/holds/release", body: { run } }),
    bad: { path: "/v1/admin/holds/release", body: {} },
    missing: { path: "/v1/admin/holds/release", body: { run: NOBODY } },
  },
  {
    route: "GET /v1/admin/config",
    roles: auditing,
    good: () => ({ path: "/v1/admin/config" }),
    bad: "nothing",
    missing: "nothing",
  },
  {
    route: "POST /v1/admin/keys",
    roles: admin,
    good: () => ({ path: "/v1/admin/keys", body: { role: "viewer", expires: "90d" }, status: 201 }),
    bad: { path: "/v1/admin/keys", body: { role: "king" } },
    missing: "nothing",
  },
  {
    route: "GET /v1/admin/keys",
    roles: auditing,
    good: () => ({ path: "/v1/admin/keys" }),
    bad: "nothing",
    missing: "nothing",
  },
  ...(["", "/rotate", "/revoke"] as const).map(
    (rest): Row => ({
      route: `${rest === "" ? "GET" : "POST"} /v1/admin/keys/{id}${rest}`,
      roles: rest === "" ? auditing : admin,
      good: ({ key }) => ({ path: `/v1/admin/keys/${key}${rest}`, ...(rest !== "" && { body: {} }) }),
      bad:
        rest === ""
          ? { path: `/v1/admin/keys/${"x".repeat(101)}` }
          : { path: `/v1/admin/keys/0123456789abcdef${rest}`, body: SURPRISE },
      missing: { path: `/v1/admin/keys/0123456789abcdef${rest}`, ...(rest !== "" && { body: {} }) },
    }),
  ),
  {
    route: "GET /metrics",
    roles: everybody,
    good: () => ({ path: "/metrics" }),
    bad: "nothing",
    missing: "nothing",
  },
];
