// How a server outside is reached: a program of one's own, or an address. The same keys for every kind of server.
import { z } from "zod";
import { Duration } from "./duration.ts";
import { hasNamesakes } from "./instance-names.ts";
import { InstanceKeys, PoolKeys, type PoolSettings } from "./pool-settings.ts";

const SECRETS =
  "`${secret.NAME}` in it is the secret NAME, or the environment variable NAME, read when the server is reached.";

const VariableName = z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, { error: "not the name of a variable" });
const HeaderName = z
  .string()
  .regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,256}$/, { error: "not the name of a header" });

export const StartTimeout = Duration.exactOptional().describe(
  "For the first answer after a start; 20 seconds when left out. A program that is fetched first may take longer.",
);

const OF_PROGRAMS = ["args", "env", "cwd"] as const;

const Headers = z
  .record(HeaderName, z.string())
  .exactOptional()
  .describe(`Sent with every request to it. ${SECRETS}`);

/** Addresses that stand for one another, and how calls are shared out among them. */
export const placesKeys = (Address: z.ZodString) => ({
  headers: Headers,
  instances: z
    .array(
      z.strictObject({
        url: Address.describe("Where it is."),
        headers: Headers.describe(`Sent to it, beside those of all. ${SECRETS}`),
        ...InstanceKeys,
      }),
    )
    .min(1)
    .max(1000)
    .refine((all) => !hasNamesakes(all), { error: "two instances have one `name`; rename one" })
    .exactOptional()
    .describe("Instead of `url`: servers that stand for one another."),
  ...PoolKeys,
});

/** `url`: what an address is for. */
export const reachKeys = (Address: z.ZodString, url: string) => ({
  command: z
    .string()
    .min(1)
    .exactOptional()
    .describe("The program, started when it is first called; never through a shell."),
  args: z.array(z.string()).exactOptional().describe("Its arguments, each as it stands."),
  env: z
    .record(VariableName, z.string())
    .exactOptional()
    .describe(`Its environment, beside PATH and HOME: nothing else is passed on. ${SECRETS}`),
  cwd: z
    .string()
    .min(1)
    .exactOptional()
    .describe("Its working folder, from the configuration's; that one when left out."),
  url: Address.exactOptional().describe(url),
  ...placesKeys(Address),
});

export type ServerSettings = {
  readonly command?: string;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  readonly url?: string;
  readonly headers?: Readonly<Record<string, string>>;
};

export type PlaceSettings = Pick<ServerSettings, "headers"> & {
  readonly url: string;
  readonly name?: string;
  readonly weight?: number;
  readonly priority?: number;
} & Pick<PoolSettings, "max_concurrent" | "rate_limit">;

export type PlacesSettings = ServerSettings &
  PoolSettings & { readonly instances?: readonly PlaceSettings[] };

/** What does not go together, with the key to blame. */
export function reachProblems(
  settings: PlacesSettings,
): readonly (readonly [key: string, message: string])[] {
  const { command, url, headers, instances } = settings;
  const ways = [command, url, instances].filter((way) => way !== undefined);
  return [
    ...(ways.length !== 1 ? [["command", "expected either `command`, `url` or `instances`"] as const] : []),
    ...(command === undefined
      ? OF_PROGRAMS.flatMap((key) => (settings[key] ? [[key, "stands beside `command` only"] as const] : []))
      : []),
    ...(command !== undefined && headers ? [["headers", "stands beside `url` only"] as const] : []),
  ];
}
