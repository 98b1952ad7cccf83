// `http/request` to a server that the configuration names: documents say the path, operators where it is and what it is told.
import { errorInfo, errorInfoOf, type Millis } from "../../../domain/index.ts";
import {
  type Health,
  type MethodContext,
  type Outcome,
  type Provider,
  providerOf,
} from "../../../engine/ports/index.ts";
import { contentOf } from "./content.ts";
import { exchanged, type HttpOptions } from "./http-provider.ts";
import { type HttpParams, requestAt } from "./methods.ts";

export type SiteOptions = HttpOptions & {
  readonly name: string;
  /** Where it is, and the headers that it is always sent; found out for each call. */
  readonly way: () => Promise<Site>;
  /** Of a call that says no time of its own. */
  readonly timeoutMs?: Millis | undefined;
  /** Asked for a health check; without it nobody asks. */
  readonly healthPath?: string | undefined;
};

type Site = { readonly url: string; readonly headers: Readonly<Record<string, string>> };

const HEALTH_MS = 5_000;

/** `outbound`: trusted, since the address is the operator's; no call leaves it. */
export function siteProvider(options: SiteOptions): Provider {
  const { name, way, timeoutMs, healthPath } = options;
  const answer = async (params: HttpParams, context: MethodContext): Promise<Outcome> => {
    const site = await way();
    const url = within(site.url, params.url);
    if (url === undefined) return { ok: false, error: errorInfo("INVALID_PARAMS", beyond(name, params.url)) };
    const timeout = params.timeout ?? (timeoutMs === undefined ? undefined : timeoutMs / 1000);
    const said = { ...params, url, headers: overlaid(params.headers, site.headers) };
    return exchanged(options, { ...said, ...(timeout !== undefined && { timeout }) }, context);
  };
  return providerOf({
    protocol: "http/v1",
    name,
    methods: { request: { ...requestAt(name), answer } },
    ...(healthPath !== undefined && { health: () => healthOf(options, healthPath) }),
  });
}

/** Undefined where it leads out of the configured address, whatever dots it is written with. */
function within(base: string, path: string): string | undefined {
  const { origin, pathname } = new URL(base);
  const root = pathname.replace(/\/+$/, "");
  const whole = new URL(`${origin}${root}${path}`);
  const isInside = whole.origin === origin && `${whole.pathname}/`.startsWith(`${root}/`);
  return isInside ? whole.href : undefined;
}

const beyond = (name: string, path: string): string =>
  `params.url: ${JSON.stringify(path)} leads out of the address that \`${name}\` has in the configuration`;

/** What the operator says is not said otherwise by a document. */
function overlaid(given: HttpParams["headers"], own: Site["headers"]): HttpParams["headers"] {
  const names = new Set(Object.keys(own).map((name) => name.toLowerCase()));
  const left = Object.entries(given).filter(([name]) => !names.has(name.toLowerCase()));
  return { ...Object.fromEntries(left), ...own };
}

async function healthOf({ outbound, way, mostBytes }: SiteOptions, path: string): Promise<Health> {
  try {
    const { url, headers } = await way();
    const { origin } = new URL(url);
    const signal = AbortSignal.timeout(HEALTH_MS);
    const address = within(url, path) ?? url;
    const response = await outbound.send({
      url: address,
      method: "GET",
      headers,
      signal,
      silenceMs: HEALTH_MS,
    });
    await contentOf(response, mostBytes);
    const isWell = response.status >= 200 && response.status <= 299;
    return { status: isWell ? "healthy" : "unhealthy", detail: `${origin} answered ${response.status}` };
  } catch (error) {
    return { status: "unhealthy", detail: errorInfoOf(error).message };
  }
}
