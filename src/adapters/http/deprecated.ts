// Routes that will go: each answer of theirs says since when, until when (RFC 9745, RFC 8594) and what comes instead.
import type { App } from "./app.ts";

export type Deprecation = {
  readonly since: Date;
  /** From then on it may be gone. */
  readonly sunset: Date;
  /** The path of the route that comes instead. */
  readonly instead: string;
};

/** By method and path, as routes are declared: `GET /v1/runs/:id`. So far every route stays. */
export const DEPRECATED: ReadonlyMap<string, Deprecation> = new Map();

export function tellDeprecations(app: Pick<App, "addHook">, deprecated: typeof DEPRECATED): void {
  app.addHook("onRequest", async ({ method, routeOptions: { url } }, reply) => {
    const found = deprecated.get(`${method} ${url}`);
    if (!found) return;
    const { since, sunset, instead } = found;
    reply
      .header("deprecation", `@${Math.floor(since.getTime() / 1000)}`)
      .header("sunset", sunset.toUTCString())
      .header("link", `<${instead}>; rel="successor-version"`);
  });
}
