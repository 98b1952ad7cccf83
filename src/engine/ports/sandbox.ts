// Users' scripts in locked-down children: what a language says of itself, and the provider that comes of it.
import type { Json, JsonObject, Millis, RunId } from "../../domain/index.ts";
import type { ProcessGroup } from "./processes.ts";
import type { CallContext, Method, Outcome, Provider } from "./provider.ts";

/** What a script may use; every one of them can be set. */
export type ScriptLimits = {
  /** Memory of one interpreter. */
  readonly memoryMiB: number;
  /** Captured files and what a script writes, together. */
  readonly fileBytes: number;
  /** A result larger than this as JSON is refused, never truncated. */
  readonly resultBytes: number;
  /** Of stdout and stderr each that much is kept. */
  readonly outputBytes: number;
  /** A script that writes more than this in all is stopped. */
  readonly floodBytes: number;
  /** Script, context and arguments of one call. */
  readonly callBytes: number;
  /** Calls that wait for an interpreter; the next one is refused. */
  readonly waitingCalls: number;
  /** An interpreter that is not ready by then is given up. */
  readonly bootMs: number;
  /** An interpreter that has nothing to do for its run for so long is given up. */
  readonly idleMs: number;
};

/** What a child is started with, beside what holds for every language. */
export type LanguageProgram = {
  /** Absolute path of the module that the child loads: the language's own half inside the child. */
  readonly module: string;
  /** Files, and folders ending in `/*`: all that the child may read beside the sandbox's own. */
  readonly readable: readonly string[];
  /** Handed to the module. */
  readonly settings: JsonObject;
  /** Where starting is slow: names all that a memory image of the started interpreter depends on. */
  readonly imageKey?: string;
};

/** What an interpreter is asked to do. */
export type ScriptWork = {
  readonly op: "execute" | "validate" | "info";
  /** The script, as the task names it; at most one of `file` and `code`. */
  readonly file?: string | undefined;
  readonly code?: string | undefined;
  readonly args?: readonly string[];
  /** JSON text, so that the values cross unread. */
  readonly context?: string;
  /** Texts among its values that may be paths. */
  readonly mentioned?: readonly string[];
  readonly timeoutMs?: Millis;
};

export type ScriptRan = {
  readonly ok: true;
  readonly value: Json;
  readonly stdout: string;
  readonly stderr: string;
  readonly truncated: boolean;
  readonly tookMs: Millis;
  /** Where it ran, where that has a name. */
  readonly instance?: string;
};

export type ScriptFailed = Extract<Outcome, { readonly ok: false }>;

/** Does the work in an interpreter of the call's run. Never rejects. */
export type PerformScript = (work: ScriptWork, context: CallContext) => Promise<ScriptRan | ScriptFailed>;

export type ScriptOperation = (params: JsonObject, context: CallContext) => Promise<Outcome>;

/** What a language says of itself wherever its scripts run. */
export type SpokenLanguage = {
  /** As messages say it: `Python`. */
  readonly language: string;
  /** `python/v1`. */
  readonly protocol: string;
  /** Of the provider, and of what is kept for it. */
  readonly name: string;
  readonly methods: Readonly<Record<string, Method>>;
  /** What each method asks of an interpreter, and the result it makes of the answer. Params are checked before. */
  readonly operations: (perform: PerformScript) => Readonly<Record<string, ScriptOperation>>;
};

export type ScriptLanguage = SpokenLanguage & {
  /** Asked once, when the first child is started. */
  readonly program: (node: { readonly version: string }) => Promise<LanguageProgram>;
};

export type ScriptOptions = {
  /** How many interpreters may live at once. */
  readonly interpreters: number;
  readonly limits?: Partial<ScriptLimits>;
  /** `task`: a fresh interpreter for every call. */
  readonly isolation?: "run" | "task";
  /** Fresh interpreters kept ready for whoever comes next; 1 when left out. */
  readonly spares?: number;
};

export type ScriptProvider = Provider & {
  /** Starts an interpreter before the first call needs one. */
  warm(): Promise<void>;
};

/** Where scripts are let run: the one place that starts, holds and ends such children, whatever they speak. */
export type Sandbox = (language: ScriptLanguage, options: ScriptOptions) => ScriptProvider;

/** A program that speaks the child's lines, started somewhere else: in a container, as a program of the host. */
export type StartScript = (script: {
  readonly command: readonly string[];
  /** Whose it will be; absent where it is kept ready for anybody. */
  readonly run?: RunId;
  onStdout(bytes: Uint8Array): void;
}) => Promise<Omit<ProcessGroup, "pid"> & { readonly instance?: string }>;

/** Lets scripts run in what `StartScript` starts; one program serves one call. */
export type CommandSandbox = (
  language: SpokenLanguage & { readonly command: (limits: ScriptLimits) => Promise<readonly string[]> },
  options: Omit<ScriptOptions, "isolation">,
) => ScriptProvider;
