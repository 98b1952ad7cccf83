// Looks at everything a run needs, one thing after the other; what fails does not keep the rest from being looked at.
import { access, constants, mkdir } from "node:fs/promises";
import { errorInfoOf, GleitzeitError } from "../../domain/index.ts";
import { byName, type Health, namedHealth, type Provider } from "../../engine/index.ts";

export type Checkup = {
  readonly name: string;
  readonly status: "ok" | "warning" | "failed";
  readonly detail: string;
  /** Of a provider that runs scripts: what stands between them and the host. */
  readonly layers?: readonly string[];
  /** What does not, here, and what that means. */
  readonly missing?: NonNullable<Health["missing"]>;
};

export type Examined = {
  readonly node: string;
  readonly platform: string;
  readonly home: string;
  readonly configuration: () => Promise<string | undefined>;
  readonly sqliteVersion: () => Promise<string>;
  /** Opens the store for writing, makes its key, and says where it is. */
  readonly openStore: () => Promise<string>;
  readonly providers: () => Promise<readonly Provider[]>;
  /** What there is of Docker where no provider speaks for it. */
  readonly docker: () => Promise<string | undefined>;
};

type Found = Omit<Checkup, "name">;

const OLDEST_NODE = [20, 20, 2] as const;

const ok = (detail: string): Found => ({ status: "ok", detail });
const warning = (detail: string): Found => ({ status: "warning", detail });

export async function* checkups(examined: Examined): AsyncGenerator<Checkup> {
  yield await looked("node", async () => node(examined));
  yield await looked("configuration", async () =>
    ok((await examined.configuration()) ?? "no file; defaults"),
  );
  yield await looked("home", () => home(examined.home));
  yield await looked("sqlite", async () => ok(await examined.sqliteVersion()));
  yield await looked("store", async () => ok(`${await examined.openStore()} can be written to`));
  const providers: Provider[] = [];
  const found = await looked("providers", async () => {
    providers.push(...(await examined.providers()));
    return ok([...new Set(providers.map(({ name }) => name))].join(", "));
  });
  yield found;
  for (const named of byName(providers))
    yield await looked(named[0].name, async () => health((await namedHealth(named)).health));
  const docker = await examined.docker();
  if (docker !== undefined) yield { name: "docker", ...ok(docker) };
}

async function looked(name: string, look: () => Promise<Found>): Promise<Checkup> {
  try {
    return { name, ...(await look()) };
  } catch (error) {
    return { name, status: "failed", detail: errorInfoOf(error).message };
  }
}

function node({ node: version, platform }: Examined): Found {
  const parts = version.replace(/^v/, "").split(".").map(Number);
  const different = OLDEST_NODE.findIndex((oldest, i) => oldest !== parts[i]);
  const isRecent = different < 0 || (parts[different] ?? 0) > (OLDEST_NODE[different] ?? 0);
  if (isRecent) return ok(`${version} on ${platform}`);
  throw new GleitzeitError(
    "CONFIGURATION_ERROR",
    `${version} is too old: ${OLDEST_NODE.join(".")} or newer is needed`,
  );
}

async function home(path: string): Promise<Found> {
  await mkdir(path, { recursive: true, mode: 0o700 });
  await access(path, constants.R_OK | constants.W_OK | constants.X_OK);
  return ok(path);
}

/** A layer that is missing is told with what it leaves open: whether that matters is for the reader to say. */
function health({ status, detail, layers, missing = [] }: Health): Found {
  const text = [
    [detail, layers && `layers: ${layers.join(", ")}`].filter((part) => part !== undefined).join("; "),
    ...missing.map(({ layer, means }) => `without ${layer}: ${means}`),
  ]
    .filter((line) => line !== "")
    .join("\n");
  const seen = { ...(layers && { layers }), ...(layers && { missing }) };
  if (status === "unhealthy") return { status: "failed", detail: text };
  const isWorse = status === "degraded" || missing.length > 0;
  return { ...(isWorse ? warning(text) : ok(text || status)), ...seen };
}
