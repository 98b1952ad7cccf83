// What an engine of the tests finds outside: secrets, variables, and who log lines are told to.
import { memorySubjectKeys } from "../../src/adapters/keys/index.ts";
import type { ConfiguredFlags } from "../../src/domain/index.ts";
import type { Host } from "../../src/engine/index.ts";
import type { Log, NameEntries, SubjectKeys } from "../../src/engine/ports/index.ts";

export type OutsideOptions = {
  /** Asked anew for each call, like any source of them. */
  readonly secrets?: Readonly<Record<string, string>>;
  readonly environment?: Readonly<Record<string, string>>;
  readonly log?: Log;
  readonly seals?: SubjectKeys;
  readonly names?: Pick<NameEntries, "erase">;
  readonly configuredFlags?: () => Promise<ConfiguredFlags>;
};

const quiet = (): void => undefined;
const SILENT: Log = { debug: quiet, info: quiet, warn: quiet, error: quiet };

export const outsideOf = ({
  secrets = {},
  environment = {},
  log = SILENT,
  seals = memorySubjectKeys(),
  names,
  configuredFlags,
}: OutsideOptions): Pick<
  Host,
  "secrets" | "environment" | "log" | "seals" | "names" | "configuredFlags"
> => ({
  ...(names && { names }),
  ...(configuredFlags && { configuredFlags }),
  secrets: async () => ({
    value: async (name) => (Object.hasOwn(secrets, name) ? secrets[name] : undefined),
    remedy: (name) => `give the rig a secret ${name}`,
  }),
  environment,
  log,
  seals,
});
