// A server's settings → how it is reached, with the secrets that they name.
import { resolve } from "node:path";
import { GleitzeitError } from "../../domain/index.ts";
import type { Environment } from "./environment.ts";
import type { ServerSettings } from "./server-settings.ts";

export type ServerWay =
  | {
      readonly kind: "program";
      readonly command: string;
      readonly args: readonly string[];
      readonly env: Readonly<Record<string, string>>;
      readonly cwd: string;
    }
  | { readonly kind: "url"; readonly url: string; readonly headers: Readonly<Record<string, string>> };

type Around = {
  readonly env: Environment;
  readonly folder: string;
  /** Those that its settings name, as far as they are there. */
  readonly secrets: Environment;
};

const REFERENCE = /\$\{secret\.([A-Za-z_][A-Za-z0-9_-]*)\}/g;

/** What programs are found by, and keep their own things in. */
const ALWAYS = ["PATH", "HOME"];

/** Names of the secrets that it takes to reach it. */
export const secretsIn = ({ env = {}, headers = {} }: ServerSettings): readonly string[] =>
  [...Object.values(env), ...Object.values(headers)].flatMap((text) =>
    [...text.matchAll(REFERENCE)].map(([, name = ""]) => name),
  );

/** Of one that has an address and nothing else. */
export function addressWay(name: string, { url = "", headers }: ServerSettings, around: Around) {
  const way = serverWay(name, { url, ...(headers && { headers }) }, around);
  if (way.kind === "url") return way;
  throw new Error(`provider ${name} has an address and a program`);
}

/** CONFIGURATION_ERROR where a secret is not there; only whoever calls the server needs it. */
export function serverWay(
  name: string,
  settings: ServerSettings,
  { env, folder, secrets }: Around,
): ServerWay {
  const { command, args = [], url = "", headers = {}, cwd = "." } = settings;
  const told = (values: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
    Object.fromEntries(
      Object.entries(values).map(([key, value]) => [key, withSecrets(value, name, secrets)]),
    );
  if (command === undefined) return { kind: "url", url, headers: told(headers) };
  const own = ALWAYS.flatMap((key): readonly (readonly [string, string])[] => {
    const value = env[key];
    return value === undefined ? [] : [[key, value]];
  });
  return {
    kind: "program",
    command,
    args,
    env: { ...Object.fromEntries(own), ...told(settings.env ?? {}) },
    cwd: resolve(folder, cwd),
  };
}

const withSecrets = (text: string, name: string, secrets: Environment): string =>
  text.replace(REFERENCE, (_, variable: string) => {
    const value = secrets[variable];
    if (value) return value;
    throw new GleitzeitError(
      "CONFIGURATION_ERROR",
      `provider \`${name}\` needs a secret: set the environment variable ${variable}, or \`gleitzeit secrets set ${variable}\``,
    );
  });
