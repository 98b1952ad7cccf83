// How a child is started: what Node itself and the operating system refuse it, before a line of its code has run.
import { access, constants } from "node:fs/promises";
import type { Processes } from "../../engine/ports/index.ts";

/** Words put before the command, and what they add. */
export type Wrapper = { readonly words: readonly string[]; readonly layers: readonly string[] };

/** The first Node whose permission model has left its trial. */
const PERMISSION_SINCE = 24;

/** `readable`: files, and folders ending in `/*`. Nothing else can be read, and nothing written. */
export function nodeFlags(
  version: string,
  memoryPages: number,
  readable: readonly string[],
): readonly string[] {
  const major = Number.parseInt(version, 10);
  return [
    "--no-warnings",
    major >= PERMISSION_SINCE ? "--permission" : "--experimental-permission",
    "--disallow-code-generation-from-strings",
    "--disable-proto=delete",
    "--no-addons",
    "--max-old-space-size=128",
    `--wasm-max-mem-pages=${memoryPages}`,
    ...readable.map((path) => `--allow-fs-read=${path}`),
  ];
}

/** What this system offers of the layers outside Node, each tried before it is relied on. */
export async function systemWrapper(
  processes: Pick<Processes, "spawn">,
  dataBytes: number,
): Promise<Wrapper> {
  let wrapper: Wrapper = { words: [], layers: [] };
  for (const { program, args, layers, needs } of offers(dataBytes)) {
    const path = await installed(program);
    if (path === undefined || wrapper.layers.some((layer) => layers.includes(layer))) continue;
    if (needs !== undefined && !wrapper.layers.includes(needs)) continue;
    const words = [...wrapper.words, path, ...args];
    if (await works(processes, words)) wrapper = { words, layers: [...wrapper.layers, ...layers] };
  }
  return wrapper;
}

type Offer = {
  readonly program: string;
  readonly args: readonly string[];
  readonly layers: readonly string[];
  readonly needs?: string;
};

const offers = (dataBytes: number): readonly Offer[] => [
  { program: "setpriv", args: ["--pdeathsig", "KILL", "--no-new-privs", "--"], layers: ["dies-with-parent"] },
  { program: "prlimit", args: ["--core=0", `--data=${dataBytes}`, "--"], layers: ["data-limit"] },
  {
    program: "unshare",
    args: ["-rnpi", "--fork", "--kill-child", "--"],
    layers: ["network-namespace"],
    // A process namespace puts a process in between, which nothing else would end with the parent.
    needs: "dies-with-parent",
  },
  { program: "unshare", args: ["-rn", "--"], layers: ["network-namespace"] },
];

const FOLDERS = ["/usr/bin", "/bin", "/usr/sbin", "/sbin"];

async function installed(program: string): Promise<string | undefined> {
  const paths = FOLDERS.map((folder) => `${folder}/${program}`);
  const found = await Promise.all(paths.map(isExecutable));
  return paths.find((_path, i) => found[i]);
}

const isExecutable = (path: string): Promise<boolean> =>
  access(path, constants.X_OK).then(
    () => true,
    () => false,
  );

async function works(processes: Pick<Processes, "spawn">, words: readonly string[]): Promise<boolean> {
  const [command = "", ...args] = words;
  const test = await installed("true");
  if (test === undefined) return false;
  const group = await processes.spawn({
    command,
    args: [...args, test],
    env: {},
    cwd: "/",
    onStdout: () => undefined,
  });
  const { code } = await group.ended;
  return code === 0;
}
