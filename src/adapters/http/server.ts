// The server: Fastify with its guards, and every route.

import compress from "@fastify/compress";
import helmet from "@fastify/helmet";
import rateLimit from "@fastify/rate-limit";
import underPressure from "@fastify/under-pressure";
import fastify, { type FastifyReply } from "fastify";
import { validatorCompiler, type ZodTypeProvider } from "fastify-type-provider-zod";
import { asError } from "../../domain/index.ts";
import type { App, RouteKit } from "./app.ts";
import { callers } from "./caller.ts";
import { clientErrors } from "./client-errors.ts";
import { DEPRECATED, tellDeprecations } from "./deprecated.ts";
import { drained } from "./drained.ts";
import { jsonBodies } from "./json-body.ts";
import { metrics } from "./metrics.ts";
import { openApi } from "./openapi.ts";
import type { HttpParts } from "./parts.ts";
import { payloads } from "./payloads.ts";
import { type ProblemDocument, problemDocument, type Refusal, statusOf } from "./problem.ts";
import { Refused, refusalOf } from "./refusal.ts";
import { ROUTES } from "./routes/index.ts";

export type HttpServer = {
  /** Where it answers: `http://127.0.0.1:8080`. */
  readonly listen: (host: string, port: number) => Promise<string>;
  /** Nothing new is taken, streams end, what is being answered is answered. Idempotent. */
  readonly close: () => Promise<void>;
};

const MINUTE_MS = 60_000;
/** So much later, at most, it is seen that a request does not come. */
const LATE_MS = 15_000;
/**
 * Connections that wait to be taken while the process is busy; the system allows no more than `net.core.somaxconn`. With
 * Node's 511, whoever comes beyond them in such a moment is not refused: it hears nothing for seconds, or is cut off.
 */
const BACKLOG = 4096;
const EXEMPT = ["/livez", "/readyz", "/metrics"];

const ending = (): Refused =>
  new Refused({
    code: "SYSTEM_SHUTDOWN",
    detail: "the server is ending, and took nothing of this request; try again in a moment",
    headers: { "retry-after": "1" },
  });

const answer = (reply: FastifyReply, problem: ProblemDocument): FastifyReply =>
  reply.code(problem.status).type("application/problem+json").send(JSON.stringify(problem));

export async function httpServer(parts: HttpParts): Promise<HttpServer> {
  const { clock, log, limits } = parts;
  const closing = new AbortController();
  const who = callers(parts);
  const drain = drained(clock);
  const app: App = fastify({
    logger: false,
    genReqId: parts.newRequestId,
    requestIdHeader: false,
    bodyLimit: limits.bodyBytes,
    requestTimeout: limits.requestMs,
    keepAliveTimeout: 72_000,
    http: {
      maxHeaderSize: 16 * 1024,
      headersTimeout: Math.min(MINUTE_MS, limits.requestMs),
      connectionsCheckingInterval: Math.min(LATE_MS, limits.requestMs / 4),
    },
    clientErrorHandler: clientErrors(parts),
    routerOptions: { maxParamLength: 500 },
    forceCloseConnections: "idle",
    return503OnClosing: false, // said below, as a problem like any other
    frameworkErrors: (error, request, reply) => {
      reply.header("x-request-id", request.id);
      answer(reply, problemDocument(refusalOf(error), request));
    },
  }).withTypeProvider<ZodTypeProvider>();

  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(() => JSON.stringify); // tests hold answers to their schemas; serving does not do it again
  jsonBodies(app);
  app.addHook("onRequest", async (request, reply) => {
    drain.began(reply.raw);
    reply.header("x-request-id", request.id).header("api-version", "v1");
    if (closing.signal.aborted) throw ending();
    await who.identify(request);
  });
  tellDeprecations(app, DEPRECATED);
  app.setErrorHandler(async (thrown, request, reply) => {
    const refusal = refusalOf(thrown);
    const isMeant = thrown instanceof Refused; // as too much at once: said to whoever asks, and no line for each
    if (statusOf(refusal) >= 500 && !isMeant) told(thrown, request.id, refusal);
    const problem = problemDocument(refusal, request);
    for (const [name, value] of Object.entries(refusal.headers ?? {})) reply.header(name, value);
    return answer(reply, problem);
  });
  const told = (thrown: unknown, requestId: string, { code }: Refusal): void => {
    const error = asError(thrown);
    log.error({ error, requestId, code }, "a request could not be answered");
  };

  await app.register(underPressure, {
    maxEventLoopDelay: limits.delayMs,
    sampleInterval: 250,
    pressureHandler: (request, _, __, delay) => {
      if (!Number.isFinite(delay)) return; // nothing was measured yet; the next sample has it
      if (EXEMPT.some((path) => request.url.startsWith(path))) return;
      const detail = "the server has more to do than it can; try again in a moment";
      throw new Refused({ code: "RESOURCE_EXHAUSTED", status: 503, detail, headers: { "retry-after": "1" } });
    },
  });
  await app.register(helmet, { contentSecurityPolicy: { directives: { upgradeInsecureRequests: null } } });
  await app.register(compress, { global: true, threshold: 1024 });
  await app.register(rateLimit, {
    max: async () => (await parts.requestsPerMinute()) ?? limits.requestsPerMinute,
    timeWindow: MINUTE_MS,
    keyGenerator: who.countedBy,
    allowList: ({ url }) => EXEMPT.some((path) => url.startsWith(path)),
    enableDraftSpec: true,
    errorResponseBuilder: (request, { max, ttl }) => {
      parts.denied({ key: who.keyOf(request), address: request.ip, code: "RATE_LIMIT_EXCEEDED" });
      const seconds = Math.ceil(ttl / 1000);
      const detail = `more than ${max} requests a minute; try again in ${seconds} s`;
      return new Refused({
        code: "RATE_LIMIT_EXCEEDED",
        detail,
        headers: { "retry-after": String(seconds) },
      });
    },
  });
  app.setNotFoundHandler({ preHandler: app.rateLimit() }, async (request) => {
    const detail = `there is no ${request.method} ${request.url.split("?", 1)[0]}; /docs lists what there is`;
    throw new Refused({ code: "METHOD_NOT_FOUND", detail });
  });
  app.addHook("onSend", async (_, reply) => {
    if (closing.signal.aborted) reply.header("connection", "close");
  });
  const measured = metrics(app, clock);
  app.addHook("onResponse", async (request, reply) => {
    const { method, routeOptions, id } = request;
    const fields = { requestId: id, method, route: routeOptions.url ?? "none", status: reply.statusCode };
    log.info({ ...fields, ms: Math.round(reply.elapsedTime) }, "answered");
  });
  await app.register(async (inner) => {
    await openApi(inner.withTypeProvider<ZodTypeProvider>(), parts.version);
    const { may, callerOf } = who;
    const shared = { may, callerOf, payloads: payloads(parts), closing: closing.signal };
    const kit: RouteKit = { ...parts, ...shared, streams: new Set() };
    for (const routes of ROUTES) routes(inner.withTypeProvider<ZodTypeProvider>(), kit);
    measured.route(inner.withTypeProvider<ZodTypeProvider>(), kit);
  });

  let closed: Promise<void> | undefined;
  return {
    listen: (host, port) => app.listen({ host, port, backlog: BACKLOG }),
    close: () => {
      closing.abort();
      closed ??= drain.through(app.server, () => app.close());
      return closed;
    },
  };
}
