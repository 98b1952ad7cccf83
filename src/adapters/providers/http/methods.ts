// What `http/v1` offers: validation, the published list and the docs come from these schemas.
import { z } from "zod";
import { parseDuration } from "../../../domain/index.ts";

const VERBS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"] as const;
/** These are the connection's own; what a caller says there could cut a request in two. */
const RESERVED = new Set([
  "host",
  "connection",
  "content-length",
  "transfer-encoding",
  "upgrade",
  "te",
  "trailer",
  "keep-alive",
  "expect",
  "proxy-authorization",
]);

type Verb = (typeof VERBS)[number];

const Url = z.string().refine((text) => /^https?:$/.test(schemeOf(text)), {
  error: "expected a whole address such as https://example.org/path",
});

const HeaderName = z
  .string()
  .regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,256}$/, { error: "not the name of a header" })
  .refine((name) => !RESERVED.has(name.toLowerCase()), { error: "is set by the connection itself" });

const HeaderValue = z
  .union([z.string(), z.number(), z.boolean()])
  .refine((value) => /^[\t\x20-\x7e\x80-\xff]*$/.test(String(value)), {
    error: "a header's value is one line of Latin-1 text",
  });

const Scalar = z.union([z.string(), z.number(), z.boolean()]);
const Status = z.int().min(200).max(599);
const Statuses = z.union([Status, z.array(Status).min(1)]);

const Expectation = z.strictObject({
  status: Statuses.optional().describe("200 to 299 when left out"),
  json: z
    .boolean()
    .optional()
    .describe("true: an answer that is not JSON is a failure; false: it is not looked at as JSON"),
});

const paramsWith = (url: z.ZodString) =>
  z
    .strictObject({
      url,
      method: z.enum(VERBS).optional().describe("GET, or POST with a `body` or `json`"),
      headers: z.record(HeaderName, HeaderValue).default({}),
      query: z
        .record(z.string(), z.union([Scalar, z.array(Scalar)]))
        .default({})
        .describe("added to the URL's own"),
      body: z.string().optional().describe("sent as UTF-8"),
      json: z.json().optional().describe("sent as JSON"),
      timeout: z
        .union([z.number(), z.string()])
        .refine((value) => durationOf(value) > 0, {
          error: 'expected a duration: seconds, or a text such as "5m"',
        })
        .optional()
        .describe("of the whole exchange; the task's own when left out"),
      expect: z.union([Statuses, Expectation]).optional().describe("which answers are no failure"),
    })
    .refine(({ body, json }) => body === undefined || json === undefined, {
      error: "`body` and `json` cannot both be sent",
      path: ["body"],
    })
    .refine(({ method, body, json }) => !isBodiless(method) || (body === undefined && json === undefined), {
      error: "GET, HEAD and OPTIONS have no body",
      path: ["method"],
    });

const Params = paramsWith(Url);

/** Two slashes would be another server's address, and so would a backslash to some. */
const Path = z.string().regex(/^\/(?!\/)[^\\\s]*$/, {
  error: "expected a path such as /orders: which server it is at stands in the configuration",
});

const Result = z.strictObject({
  status: z.int(),
  headers: z.record(z.string(), z.union([z.string(), z.array(z.string())])),
  body: z.string().describe("text; base64 where `encoding` says so"),
  json: z.json().describe("the body's value where it is JSON, else null"),
  encoding: z.literal("base64").optional().describe("the body is no text"),
});

export const request = {
  version: 1,
  description:
    "One HTTP request to a public address. Redirects are not followed; 408, 425, 429 and 5xx are retryable and honour Retry-After.",
  params: Params,
  result: Result,
  examples: [
    { url: "https://example.org/harbour", query: { boats: 2, tag: ["oak", "elm"] } },
    { url: "https://example.org/orders", json: { boats: 2 }, expect: [200, 201], timeout: 10 },
  ],
};

/** Of a server that the configuration names. */
export const requestAt = (name: string) => ({
  ...request,
  description: `One HTTP request to ${name}, as the configuration has it. Redirects are not followed; 408, 425, 429 and 5xx are retryable and honour Retry-After.`,
  params: paramsWith(Path),
  examples: [{ url: "/orders", json: { boats: 2 }, expect: [200, 201], timeout: 10 }],
});

export type HttpParams = z.output<typeof Params>;

/** Milliseconds; 0 for what is no duration. */
export function durationOf(value: number | string): number {
  const parsed = parseDuration(value);
  return parsed.ok ? parsed.ms : 0;
}

export const isBodiless = (method: Verb | undefined): boolean =>
  method === "GET" || method === "HEAD" || method === "OPTIONS";

const schemeOf = (text: string): string => (URL.canParse(text) ? new URL(text).protocol : "");
