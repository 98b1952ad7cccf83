// What there is to call, and what models counted.
import { z } from "zod";
import { decode } from "../../../engine/index.ts";
import { type UsageView, usage } from "../../../projections/index.ts";
import type { App, RouteKit } from "../app.ts";
import { PROBLEMS } from "../schemas/problems.ts";

const count = z.int().min(0);
const Usage = z
  .strictObject({
    position: z.string().describe("How far the log was read for this."),
    items: z.array(
      z.strictObject({
        workflow: z.strictObject({ id: z.string(), name: z.string() }),
        model: z.string().nullable(),
        calls: count,
        inputTokens: count,
        outputTokens: count,
        costMicros: count.describe("Millionths of the currency in which the configuration has prices."),
      }),
    ),
  })
  .meta({ id: "UsageOfModels" });

const PAGE = 500;

export function providerRoutes(app: App, kit: RouteKit): void {
  const { registry, shapes, may, driving } = kit;
  const view = usage.empty();
  let reading: Promise<UsageView> = Promise.resolve(view);

  /** Reads on from where it was left; one at a time. */
  const upToNow = async (): Promise<UsageView> => {
    const filter = `run-${driving.tenant}.`;
    for (let page = await driving.store.events.readAll(view.position, PAGE, filter); ; ) {
      for (const stored of page.events) {
        if (usage.types.has(decode(stored).event.type)) usage.fold(view, decode(stored));
      }
      if (page.next !== "start") view.position = page.next;
      if (page.atHead) return view;
      page = await driving.store.events.readAll(page.next, PAGE, filter);
    }
  };

  app.get(
    "/v1/providers",
    {
      preParsing: may("providers.read"),
      schema: {
        tags: ["providers"],
        operationId: "listProviders",
        summary: "Providers and the protocols they speak.",
        response: { 200: shapes.providers, ...PROBLEMS },
      },
    },
    async (_, reply) => {
      const items = registry.providers.map(({ name, protocol, methods }) => ({
        name,
        protocol,
        methods: Object.keys(methods),
      }));
      return reply.send({ items });
    },
  );
  app.get(
    "/v1/usage",
    {
      preParsing: may("usage.read"),
      schema: {
        tags: ["providers"],
        operationId: "getUsage",
        summary: "Tokens and cost, by workflow and model.",
        response: { 200: Usage, ...PROBLEMS },
      },
    },
    async (_, reply) => {
      reading = reading.then(upToNow, upToNow);
      const { lines, position } = await reading;
      const items = [...lines.values()].map(({ model, ...line }) => ({ ...line, model: model ?? null }));
      return reply.send({ position: String(position), items });
    },
  );
}
