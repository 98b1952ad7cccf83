// Whether the process lives, and whether it can do its work, part by part. Neither needs a key, neither says anything secret.

import { z } from "zod";
import { asError } from "../../../domain/index.ts";
import type { App, RouteKit } from "../app.ts";
import { PROBLEMS } from "../schemas/problems.ts";

const Part = z.strictObject({ status: z.enum(["ok", "failed"]), detail: z.string().exactOptional() });
const Ready = z
  .strictObject({
    status: z.enum(["ready", "not ready"]),
    parts: z.record(z.string(), Part),
  })
  .meta({ id: "Ready" });
const Live = z.strictObject({ status: z.literal("live") }).meta({ id: "Live" });

const PATIENCE_MS = 2000;

export function healthRoutes(app: App, kit: RouteKit): void {
  app.get(
    "/livez",
    {
      schema: {
        tags: ["health"],
        operationId: "live",
        summary: "Whether the process lives.",
        security: [],
        response: { 200: Live, 400: PROBLEMS[400] },
      },
    },
    async () => ({ status: "live" as const }),
  );
  app.get(
    "/readyz",
    {
      schema: {
        tags: ["health"],
        operationId: "ready",
        summary: "Whether it can do its work, part by part.",
        security: [],
        response: { 200: Ready, 400: PROBLEMS[400], 503: Ready },
      },
    },
    async (_, reply) => {
      const parts = Object.fromEntries(
        await Promise.all(
          checks(kit).map(async ([name, check]) => [name, await checked(check, kit)] as const),
        ),
      );
      const isReady = Object.values(parts).every(({ status }) => status === "ok");
      return reply.code(isReady ? 200 : 503).send({ status: isReady ? "ready" : "not ready", parts });
    },
  );
}

type Check = () => Promise<string | undefined>;

const checks = ({ driving, closing }: RouteKit): readonly (readonly [string, Check])[] => [
  ["server", async () => (closing.aborted ? "is closing" : undefined)],
  [
    "log",
    async () => {
      await driving.store.events.head();
      return undefined;
    },
  ],
  [
    "readModels",
    async () => {
      await (await driving.readModels()).counts(driving.tenant);
      return undefined;
    },
  ],
  [
    "engine",
    async () => ((await driving.isAlive(driving.engine.incarnation)) ? undefined : "has lost its lock"),
  ],
];

/** What is wrong is told in general: the log of the server has the rest. */
async function checked(check: Check, { clock, log }: RouteKit): Promise<z.infer<typeof Part>> {
  let cancel = (): void => undefined;
  const late = new Promise<string>((resolve) => {
    cancel = clock.after(PATIENCE_MS, () => resolve("does not answer"));
  });
  try {
    const detail = await Promise.race([check(), late]);
    return detail === undefined ? { status: "ok" } : { status: "failed", detail };
  } catch (error) {
    log.warn({ error: asError(error) }, "a part is not ready");
    return { status: "failed", detail: "failed; the server's log says why" };
  } finally {
    cancel();
  }
}
