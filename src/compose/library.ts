// The composition root of the library: the parts of the command line, without the command line.
import { availableParallelism, homedir } from "node:os";
import { resolve, sep } from "node:path";
import { type ActorName, type Gleitzeit, library } from "../adapters/library/index.ts";
import { GleitzeitError, isFileName, type JsonObject } from "../domain/index.ts";
import { checkSecrets, type Log, type Provider } from "../engine/index.ts";
import { version } from "../version.ts";
import { actorOf, base, type CassetteUse } from "./base.ts";
import { documentsOf } from "./documents/documents.ts";
import { enginesOf } from "./engine.ts";
import { cassettesOf } from "./providers/cassettes.ts";
import { providersOf } from "./providers/providers.ts";
import { outsidesOf } from "./secrets.ts";

export type OpenOptions = {
  /** `sqlite:PATH`, `esdb://…` or `memory:`, which is the default: then nothing outlives the engine. */
  readonly store?: string;
  /** The path of a configuration file, or its values. Without it there are the defaults: no file is looked for. */
  readonly configuration?: string | JsonObject;
  /** Beside the built-in ones and those of the configuration; closed with the engine. */
  readonly providers?: readonly Provider[];
  /** Where caches and keys lie; `~/.gleitzeit` when left out. */
  readonly home?: string;
  /** What relative paths start from, and scripts may read; the working directory when left out. */
  readonly folder?: string;
  /** Variables such as GLEITZEIT_STORE count when they are handed in: `process.env`. */
  readonly env?: { readonly [name: string]: string | undefined };
  /** Lines of JSON, or a log with `debug`, `info`, `warn` and `error` such as pino's. Silent when left out. */
  readonly log?: ((line: string) => void) | Log;
  /** Who stands in the log as the one who asked. */
  readonly actor?: ActorName;
  /** A folder into which each call of a provider is recorded, in place of what it has of the same call. */
  readonly record?: string;
  /** A folder that was recorded: it answers every call, and no provider is asked anything. */
  readonly play?: string;
};

const PROGRAM: ActorName = { type: "service", name: "library" };

/** An engine inside this program. Resolves once its store is open. */
export async function openGleitzeit(options: OpenOptions = {}): Promise<Gleitzeit> {
  const { store, configuration = {}, providers, home, folder = ".", env = {}, actor = PROGRAM } = options;
  checkActor(actor);
  const cassette = cassetteIn(options);
  const workingFolder = resolve(folder);
  const parts = base(
    {
      env: home === undefined ? env : { ...env, GLEITZEIT_HOME: resolve(home) },
      workingFolder,
      userHome: homedir(),
      processors: availableParallelism(),
      configuration: typeof configuration === "string" ? resolve(configuration) : configuration,
      defaultStore: "memory:",
      version,
      who: actor,
      log: options.log ?? (() => undefined),
      ...(providers && { ownProviders: providers }),
      ...(cassette && { cassette }),
    },
    store === undefined ? {} : { store },
  );
  const outsides = outsidesOf(parts);
  const cassettes = cassettesOf(parts);
  const { registry } = providersOf(parts, outsides, () => events(), cassettes);
  const documents = documentsOf(parts, registry, () => reading(), outsides);
  const { reading, events, driving } = enginesOf(parts, registry, documents, outsides, cassettes);
  const opened = library({
    clock: parts.clock,
    workflow: (text) =>
      isFileName(text) || text.includes(sep)
        ? documents.workflow(resolve(workingFolder, text))
        : documents.workflowNamed(text),
    workflowIn: documents.workflowIn,
    request: async (workflow, given) => {
      const request = await documents.request(workflow, given);
      if (!cassettes.isPlaying) await checkSecrets(request, outsides.secrets);
      return request;
    },
    driving,
    actor: async (who) => {
      checkActor(who);
      const part = await driving();
      return actorOf(who, await part.keys(), part);
    },
    close: parts.closing.close,
  });
  try {
    await driving();
    return opened;
  } catch (error) {
    await Promise.allSettled([opened.close()]);
    throw error;
  }
}

function cassetteIn({ record, play }: OpenOptions): CassetteUse | undefined {
  if (record !== undefined && play !== undefined)
    throw new GleitzeitError(
      "USAGE_ERROR",
      "calls are recorded or played: give `record` or `play`, not both",
    );
  if (record !== undefined) return { kind: "record", folder: record, isAnew: true };
  return play === undefined ? undefined : { kind: "play", folder: play, isAnew: false };
}

/** Nobody is no actor. */
function checkActor(who: ActorName): void {
  const text = "name" in who ? who.name : who.id;
  if (text !== "") return;
  throw new GleitzeitError("USAGE_ERROR", "an actor has a name or an id that is not empty");
}
