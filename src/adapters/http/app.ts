// What routes are added to: Fastify with schemas in zod, requests and answers typed by them.

import type { IncomingMessage, ServerResponse } from "node:http";
import type { FastifyBaseLogger, FastifyInstance, FastifyRequest, RawServerDefault } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import type { Permission } from "../../domain/index.ts";
import type { Caller } from "./caller.ts";
import type { HttpParts } from "./parts.ts";
import type { Payloads } from "./payloads.ts";
import type { Sse } from "./sse.ts";

export type App = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  ZodTypeProvider
>;

/** What routes share beside the parts. */
export type RouteKit = HttpParts & {
  /** A hook for each route: nobody passes who may not. */
  readonly may: (permission: Permission) => (request: FastifyRequest) => Promise<void>;
  readonly callerOf: (request: FastifyRequest) => Caller;
  /** Told of whatever answers hold of persons. */
  readonly payloads: Payloads;
  /** Aborted when the server begins to close: streams and long answers end. */
  readonly closing: AbortSignal;
  /** Those that are open. */
  readonly streams: Set<Pick<Sse, "buffered">>;
};

export type Routes = (app: App, kit: RouteKit) => void;
