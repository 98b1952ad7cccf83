// One locked-down child, from its start to its end, doing one job at a time.
import { GleitzeitError } from "../../domain/index.ts";
import {
  type Clock,
  lineReader,
  type ProcessEnd,
  type ProcessGroup,
  type Program,
} from "../../engine/ports/index.ts";
import { type Answer, FromChild, type Job, type ToChild } from "./messages.ts";

export type InterpreterProgram = {
  /** As messages say it: `Python`. */
  readonly language: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly maxLineBytes: number;
  readonly bootMs: number;
  readonly clock: Clock;
};

export type Output = { readonly stdout: (text: string) => void; readonly stderr: (text: string) => void };

/** Of each stream `keep` bytes are passed on; a script that writes more than `flood` is stopped. */
export type OutputLimits = { readonly keep: number; readonly flood: number };

export type Reply =
  | { readonly kind: "answered"; readonly answer: Answer; readonly truncated: boolean }
  | { readonly kind: "flood" }
  | { readonly kind: "ended"; readonly end: ProcessEnd; readonly last?: Fatal };

export type Fatal = {
  readonly reason: "snapshot" | "boot" | "memory" | "interpreter" | "protocol";
  readonly message: string;
};

export type RunningJob = {
  readonly reply: Promise<Reply>;
  /** Some time after the reply: whether the interpreter is clean again and may take another job. */
  readonly settled: Promise<boolean>;
};

export interface Interpreter {
  /** What it runs in, where that has a name. */
  readonly instance?: string;
  /** Seen from inside, as the child reports them. */
  readonly layers: readonly string[];
  readonly ended: Promise<ProcessEnd>;
  send(message: ToChild): Promise<boolean>;
  run(job: Job, limits: OutputLimits, output: Output): RunningJob;
  kill(): Promise<ProcessEnd>;
}

/** Why an interpreter never became ready. */
export class BootFailure extends GleitzeitError {
  readonly reason: Fatal["reason"] | undefined;

  constructor(language: string, end: ProcessEnd, last: Fatal | undefined) {
    super("PROVIDER_NOT_AVAILABLE", `no ${language} interpreter could be started: ${describeEnd(end, last)}`);
    this.reason = last?.reason;
  }
}

export function describeEnd(end: ProcessEnd, last: Fatal | undefined): string {
  if (end.lost !== undefined) return `was lost: ${end.lost}`;
  const how = end.signal === undefined ? `ended with exit code ${end.code}` : `was ended by ${end.signal}`;
  const words = lastLines((last?.message ?? end.stderr).trim());
  return words === "" ? how : `${how}: ${words}`;
}

const MOST_WORDS = 1000;

/** Whole lines: half a line could begin in the middle of a secret, where nobody would know it. */
function lastLines(text: string): string {
  if (text.length <= MOST_WORDS) return text;
  const kept = text.slice(-MOST_WORDS);
  const next = kept.indexOf("\n");
  return next < 0 ? `one line of ${text.length} characters` : kept.slice(next + 1);
}

/** Whoever waits for the child's next words; the end of the child always comes, and comes last. */
type Listener = {
  readonly heard: (message: FromChild) => void;
  readonly ended: (end: ProcessEnd) => void;
};

const NOBODY: Listener = { heard: () => undefined, ended: () => undefined };

/** What carries a child's lines. */
export type Carrier = Omit<ProcessGroup, "pid"> & { readonly instance?: string };

/** Resolves when the child is ready for its first job; BootFailure when it ended before that. */
export async function startInterpreter(
  spawn: (program: Program) => Promise<Carrier>,
  { language, command, args, maxLineBytes, bootMs, clock }: InterpreterProgram,
): Promise<Interpreter> {
  let listener = NOBODY;
  let last: Fatal | undefined;
  let jobs = 0;

  const onLine = (line: string): void => {
    const message = parsed(line);
    if (!message) return violated("it sent what no interpreter sends");
    if (message.t === "fatal") last = message;
    listener.heard(message);
  };
  const onStdout = lineReader(maxLineBytes, onLine, () => violated("it sent an endless line"));
  const started = spawn({ command, args, env: {}, cwd: "/", onStdout });
  const group = await started;
  let ended: ProcessEnd | undefined;
  void group.ended.then((end) => {
    ended = end;
    listener.ended(end);
  });
  const cancel = clock.after(bootMs, () => violated(`it was not ready within ${bootMs} ms`));
  const layers = await new Promise<readonly string[]>((resolve, reject) => {
    listener = {
      heard: (message) => message.t === "ready" && resolve(message.layers),
      ended: (end) => reject(new BootFailure(language, end, last)),
    };
  }).finally(cancel);

  return {
    ...(group.instance !== undefined && { instance: group.instance }),
    layers,
    ended: group.ended,
    kill: () => group.kill(),
    send: (message) => send(group, message),
    run,
  };

  function violated(message: string): void {
    last ??= { reason: "protocol", message };
    void started.then((violator) => violator.kill());
  }

  function run(job: Job, limits: OutputLimits, output: Output): RunningJob {
    jobs += 1;
    const id = jobs;
    const reply = deferred<Reply>();
    const settled = deferred<boolean>();
    listener = {
      heard(message) {
        if (!("id" in message) || message.id !== id) return;
        if (message.t === "out") output[message.stream](message.text);
        if (message.t === "flood") reply.resolve({ kind: "flood" });
        if (message.t === "idle") settled.resolve(message.reusable);
        if (message.t === "done") {
          reply.resolve({ kind: "answered", answer: message.answer, truncated: message.truncated });
        }
      },
      ended(end) {
        reply.resolve({ kind: "ended", end, ...(last && { last }) });
        settled.resolve(false);
      },
    };
    // It may have been stopped while its files were on their way.
    if (ended) listener.ended(ended);
    void send(group, { t: "job", id, ...limits }, job);
    return { reply: reply.promise, settled: settled.promise };
  }
}

function deferred<T>() {
  let resolve: (value: T) => void = () => undefined;
  const promise = new Promise<T>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}

const send = (group: Carrier, ...messages: readonly (ToChild | Job)[]): Promise<boolean> =>
  group.write(messages.map((message) => `${JSON.stringify(message)}\n`).join(""));

function parsed(line: string): FromChild | undefined {
  try {
    return FromChild.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}
