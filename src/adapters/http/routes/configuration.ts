// What this server runs with; secrets are masked.
import type { App, RouteKit } from "../app.ts";
import { PROBLEMS } from "../schemas/problems.ts";

export function configurationRoutes(app: App, { configuration, shapes, may }: RouteKit): void {
  app.get(
    "/v1/admin/config",
    {
      preParsing: may("configuration.read"),
      schema: {
        tags: ["configuration"],
        operationId: "getConfiguration",
        summary: "Every setting, with where its value came from.",
        response: { 200: shapes.settings, ...PROBLEMS },
      },
    },
    async (_, reply) => reply.header("cache-control", "no-store").send(await configuration()),
  );
}
