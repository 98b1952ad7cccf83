// Counters for Prometheus. Labels are routes, methods and statuses: never what somebody sent.
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { RunStatus } from "../../domain/index.ts";
import type { Clock } from "../../engine/index.ts";
import type { App, RouteKit } from "./app.ts";

export function metrics(app: App, clock: Clock) {
  const register = new Registry();
  collectDefaultMetrics({ register, prefix: "gleitzeit_" });
  const labels = ["method", "route", "status"] as const;
  const requests = new Counter({
    name: "gleitzeit_http_requests_total",
    help: "Requests answered.",
    labelNames: labels,
    registers: [register],
  });
  const seconds = new Histogram({
    name: "gleitzeit_http_request_seconds",
    help: "From the first byte of a request to the last of its answer.",
    labelNames: ["method", "route"],
    buckets: [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 30],
    registers: [register],
  });
  const runs = new Gauge({
    name: "gleitzeit_runs",
    help: "Runs by status.",
    labelNames: ["status"],
    registers: [register],
  });
  const up = new Gauge({ name: "gleitzeit_uptime_seconds", help: "Since the start.", registers: [register] });
  const streams = new Gauge({
    name: "gleitzeit_event_streams",
    help: "Streams of events that are open.",
    registers: [register],
  });
  const buffered = new Gauge({
    name: "gleitzeit_event_stream_buffered_bytes",
    help: "What waits for their clients to read it, of all of them.",
    registers: [register],
  });
  const startedAt = clock.monotonic();

  app.addHook("onResponse", async ({ method, routeOptions }, reply) => {
    const route = routeOptions.url ?? "none";
    requests.inc({ method, route, status: reply.statusCode });
    seconds.observe({ method, route }, reply.elapsedTime / 1000);
  });

  const refresh = async ({ driving, streams: open }: RouteKit): Promise<void> => {
    up.set((clock.monotonic() - startedAt) / 1000);
    streams.set(open.size);
    buffered.set([...open].reduce((sum, stream) => sum + stream.buffered(), 0));
    const counts: ReadonlyMap<RunStatus, number> = await (await driving.readModels()).counts(driving.tenant);
    runs.reset();
    for (const [status, count] of counts) runs.set({ status }, count);
  };

  return {
    route: (inner: App, kit: RouteKit): void => {
      inner.get(
        "/metrics",
        { schema: { hide: true }, preParsing: kit.may("metrics.read") },
        async (_, reply) => {
          await refresh(kit);
          return reply.type(register.contentType).send(await register.metrics());
        },
      );
    },
  };
}
