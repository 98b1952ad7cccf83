// How `serve` listens and what it allows.
import { z } from "zod";
import { Duration, millisIn } from "./duration.ts";
import { Size } from "./size.ts";

export const Host = z
  .string()
  .regex(/^[^\s/@?#]+$/, { error: "expected a host name or an address, without scheme, port or path" });
const LONGEST_REQUEST_MS = 300_000;

export const Server = z.strictObject({
  host: Host.default("127.0.0.1").describe(
    "Where `serve` listens; beyond this machine only when there is a key that lets somebody in.",
  ),
  port: z.int().min(0).max(65_535).default(8080).describe("0: any that is free."),
  body: Size.default("1MiB").describe("Largest body of a request."),
  requests_per_minute: z
    .int()
    .min(1)
    .max(10_000_000)
    .default(6000)
    .describe("Of one key, or of one address where nobody needs a key."),
  max_delay: Duration.default(1).describe(
    "While the process is later than this with what it has to do, requests are turned away with 503.",
  ),
  request_timeout: Duration.default(60)
    .refine((value) => millisIn(value) <= LONGEST_REQUEST_MS, { error: "expected at most 5m" })
    .describe("So long a request may take to come, headers and body; then it is answered with 408."),
});
