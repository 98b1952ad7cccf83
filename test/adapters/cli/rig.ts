// The command line as a function, in a folder and a home of its own, on a terminal that remembers what it was shown.
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach } from "vitest";
import {
  type Channel,
  cli,
  type Globals,
  type Parts,
  type Terminal,
} from "../../../src/adapters/cli/index.ts";
import { compose } from "../../../src/compose.ts";
import { isObject, type Json, type JsonObject } from "../../../src/domain/index.ts";
import { linkImages } from "../../images.ts";
import { misshapen } from "./shapes.ts";

export { BROKEN, ECHO, STUCK } from "./documents.ts";

export type Answer = {
  readonly exit: number;
  readonly out: string;
  readonly err: string;
  /** What stands on `out`, if it is exactly one document. */
  readonly json: JsonObject;
  /** The same for streams: one document a line. */
  readonly lines: readonly JsonObject[];
};

export type RigOptions = {
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly rows?: number;
  readonly color?: boolean;
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
  readonly interrupted?: AbortSignal;
  readonly gone?: AbortSignal;
  readonly user?: string;
  /** Told all that stands on `err`, whenever something is added. */
  readonly watch?: (err: string) => void;
};

export type Rig = {
  readonly folder: string;
  readonly home: string;
  readonly file: (path: string, text: string) => Promise<string>;
  readonly gleitzeit: (argv: readonly string[], options?: RigOptions) => Promise<Answer>;
  /** The parts as a command gets them, for tests that are another process. */
  readonly parts: (globals?: Partial<Globals>, user?: string) => Parts;
};

export type HomeOptions = {
  /** The home has what starts interpreters fast, as after a first run; else it is not there before a command makes it. */
  readonly withImages?: boolean;
};

export function rig({ withImages = false }: HomeOptions = {}): () => Rig {
  let current: (Rig & { readonly root: string }) | undefined;
  const opened: Parts[] = [];
  beforeEach(async () => {
    const root = await mkdtemp(join(tmpdir(), "gz-cli-"));
    const [folder, home] = [join(root, "work"), join(root, "home")];
    await mkdir(folder);
    if (withImages) await linkImages(home);
    const file = async (path: string, text: string): Promise<string> => {
      const full = join(folder, path);
      await mkdir(dirname(full), { recursive: true });
      await writeFile(full, text);
      return full;
    };
    const outside = (options: RigOptions, log: (line: string) => void) => ({
      env: { GLEITZEIT_HOME: home, ...options.env },
      workingFolder: folder,
      userHome: root,
      processors: 2,
      version: "9.9.9",
      nodeVersion: process.version,
      platform: "test",
      user: options.user ?? "tester",
      log,
    });
    current = {
      root,
      folder,
      home,
      file,
      gleitzeit: async (argv, options = {}) => {
        const { terminal, shown } = fakeTerminal(options);
        const exit = await cli(argv, {
          version: "9.9.9",
          terminal,
          parts: async (globals, log) => compose(outside(options, log), globals),
        });
        const strays = misshapen({ argv, exit, out: shown.out });
        if (strays.length > 0) throw new Error(`not as published: ${strays.join("\n")}`);
        return answerOf(exit, shown);
      },
      parts: (globals = {}, user = "another") => {
        const parts = compose(
          outside({ user }, () => undefined),
          { json: false, quiet: false, verbose: false, ...globals },
        );
        opened.push(parts);
        return parts;
      },
    };
  });
  afterEach(async () => {
    for (const parts of opened.splice(0)) await parts.close();
    await rm(current?.root ?? "", { recursive: true, force: true });
  });
  return () => {
    if (!current) throw new Error("only inside a test");
    return current;
  };
}

type Shown = { out: string; err: string };

function fakeTerminal(options: RigOptions): { readonly terminal: Terminal; readonly shown: Shown } {
  const shown: Shown = { out: "", err: "" };
  const channel = (name: keyof Shown): Channel => ({
    write: (text) => {
      shown[name] += text;
      if (name === "err") options.watch?.(shown.err);
    },
    drained: async () => undefined,
    isTTY: options.isTTY ?? false,
    columns: options.columns ?? 120,
    color: options.color ?? false,
  });
  const never = new AbortController().signal;
  return {
    shown,
    terminal: {
      out: channel("out"),
      err: channel("err"),
      size: () => ({ columns: options.columns ?? 120, rows: options.rows ?? 24 }),
      gone: options.gone ?? never,
      interrupted: options.interrupted ?? never,
      readInput: async () => new TextEncoder().encode(options.input ?? ""),
    },
  };
}

function answerOf(exit: number, { out, err }: Shown): Answer {
  const lines = out.split("\n").filter((line) => line !== "");
  return { exit, out, err, json: documentIn(out), lines: lines.map(documentIn) };
}

function documentIn(text: string): JsonObject {
  try {
    const value: Json = JSON.parse(text);
    return isObject(value) ? value : { noObject: text };
  } catch (error) {
    return { noDocument: text, because: String(error) };
  }
}

/** The member at a path such as `tasks.count.result`; undefined when it is not there. */
export const at = (value: Json | undefined, path: string): Json | undefined =>
  path.split(".").reduce<Json | undefined>((inner, key) => (isObject(inner) ? inner[key] : undefined), value);

/** A text member, or nothing. */
export function text(value: JsonObject, key: string): string {
  const found = value[key];
  return typeof found === "string" ? found : "";
}
