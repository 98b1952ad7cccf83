// Routes of webhooks.
import type { Json } from "../../../../src/domain/index.ts";
import { operating, type Row, SURPRISE, watching } from "./row.ts";

const ofWebhook = (
  method: string,
  rest: string,
  body?: Json,
  bad: Json | string = SURPRISE,
  more: Partial<Row> & { readonly status?: number } = {},
): Row => {
  const { status, ...own } = more;
  const isBody = method !== "GET" && method !== "DELETE";
  return {
    route: `${method} /v1/webhooks/{id}${rest}`,
    roles: method === "GET" ? watching : operating,
    good: ({ webhook }) => ({
      path: `/v1/webhooks/${webhook}${rest}`,
      ...(isBody && { body: body ?? {} }),
      ...(status !== undefined && { status }),
    }),
    bad:
      typeof bad === "string"
        ? { path: `/v1/webhooks/${bad}` }
        : { path: `/v1/webhooks/nothing${rest}`, body: bad },
    missing: { path: `/v1/webhooks/nothing${rest}`, ...(isBody && { body: body ?? {} }) },
    ...own,
  };
};
const TOO_LONG = "x".repeat(101);

export const WEBHOOKS: readonly Row[] = [
  {
    route: "POST /v1/webhooks",
    roles: operating,
    good: () => ({ path: "/v1/webhooks", body: { url: "https://example.com/hook" }, status: 201 }),
    bad: { path: "/v1/webhooks", body: { url: "no address" } },
    missing: "nothing",
  },
  {
    route: "GET /v1/webhooks",
    roles: watching,
    good: () => ({ path: "/v1/webhooks" }),
    bad: "nothing",
    missing: "nothing",
  },
  {
    route: "GET /v1/webhooks/event-types",
    roles: watching,
    good: () => ({ path: "/v1/webhooks/event-types" }),
    bad: "nothing",
    missing: "nothing",
  },
  ofWebhook("GET", "", undefined, TOO_LONG),
  ofWebhook("PATCH", "", { ordered: false }, { ordered: "perhaps" }),
  ofWebhook("POST", "/test"),
  ofWebhook("GET", "/deliveries", undefined, "nothing/deliveries?limit=0"),
  {
    ...ofWebhook("POST", "/deliveries/none/redeliver", undefined, SURPRISE),
    route: "POST /v1/webhooks/{id}/deliveries/{delivery}/redeliver",
    good: ({ webhook, delivery }) => ({
      path: `/v1/webhooks/${webhook}/deliveries/${delivery}/redeliver`,
      body: {},
      status: 202,
    }),
  },
  ofWebhook("POST", "/replay", { from: "start" }, { from: 7 }, { status: 202 }),
  ofWebhook("POST", "/rotate-secret", { overlap: "1h" }, { overlap: 7 }),
  ofWebhook("POST", "/disable"),
  ofWebhook("POST", "/enable"),
  ofWebhook("DELETE", "", undefined, TOO_LONG, { status: 204 }),
];
