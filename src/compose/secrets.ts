// Secrets and the environment, as the configuration says where they are. Nothing is opened before somebody asks.
import { isAbsolute, join, resolve } from "node:path";
import type { Vault } from "../adapters/secrets/index.ts";
import { GleitzeitError } from "../domain/index.ts";
import type { Secrets } from "../engine/index.ts";
import { once } from "../lifetime.ts";
import type { Base } from "./base.ts";

export type Outsides = {
  /** As documents name them. */
  readonly secrets: () => Promise<Secrets>;
  /** All there are. */
  readonly source: () => Promise<Secrets>;
  /** CONFIGURATION_ERROR where secrets are kept elsewhere. */
  readonly vault: () => Promise<Vault & { readonly file: string; readonly keyFile: string }>;
  /** As the configuration names them: the secret, else the variable of that name. */
  readonly ofConfiguration: (name: string) => Promise<string | undefined>;
  /** Variables that documents may read, and those of them that are set. */
  readonly allowed: () => Promise<ReadonlySet<string>>;
  readonly environment: () => Promise<{ readonly [name: string]: string }>;
};

const FILES = "files:";

export function outsidesOf({ outside: { env }, clock, random, settings }: Base): Outsides {
  const opened = once(async () => {
    const { home, folder, values } = await settings();
    const { vault } = await import("../adapters/secrets/index.ts");
    const { exclusively } = await import("../adapters/event-store/index.ts");
    const named = values.secrets.key_file;
    const files = {
      file: join(home, "secrets", "vault.json"),
      keyFile: named === undefined ? join(home, "keys", "vault.key") : resolve(folder, named),
    };
    const alone = <T>(file: string, work: () => Promise<T>) =>
      exclusively(file, work, () => random.fraction());
    return { ...files, ...vault({ ...files, clock, exclusively: alone }) };
  });
  const source = once(async (): Promise<Secrets> => {
    const { folder, values } = await settings();
    const { source: kind } = values.secrets;
    const { secretsInEnvironment, secretsInFiles, secretsInVault } = await import(
      "../adapters/secrets/index.ts"
    );
    if (kind === "env") return secretsInEnvironment(env);
    if (!kind.startsWith(FILES)) return secretsInVault(await opened());
    const named = kind.slice(FILES.length);
    return secretsInFiles(isAbsolute(named) ? named : resolve(folder, named));
  });
  /** Whoever writes a document does not sign as this log. */
  const withheld = async () => new Set(auditSecrets((await settings()).values.audit));
  const secrets = once(async () => forDocuments(await source(), await withheld()));
  const allowed = async () => {
    const own = await withheld();
    return new Set((await settings()).values.env.allow.filter((name) => !own.has(name)));
  };

  return {
    secrets,
    source,
    vault: async () => {
      const { source: kind } = (await settings()).values.secrets;
      if (kind === "vault") return opened();
      throw new GleitzeitError(
        "CONFIGURATION_ERROR",
        `secrets are not kept in the vault here: the configuration says \`secrets.source: ${kind}\``,
      );
    },
    ofConfiguration: async (name) => (await (await source()).value(name)) ?? (env[name] || undefined),
    allowed,
    environment: async () =>
      Object.fromEntries(
        [...(await allowed())].flatMap((name): [string, string][] => {
          const value = env[name];
          return value === undefined ? [] : [[name, value]];
        }),
      ),
  };
}

/** Names of the secrets that sign the audit log. */
export const auditSecrets = ({ keys }: { readonly keys: readonly string[] }): readonly string[] =>
  keys.map((written) => written.slice("${secret.".length, -1));

function forDocuments(source: Secrets, withheld: ReadonlySet<string>): Secrets {
  if (withheld.size === 0) return source;
  return {
    value: async (name) => (withheld.has(name) ? undefined : source.value(name)),
    remedy: (name) =>
      withheld.has(name)
        ? "one of that name signs the audit log (`audit.keys`), and no document gets it; take another name"
        : source.remedy(name),
  };
}
