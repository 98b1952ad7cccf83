// The half of the sandbox that any CPython from 3.9 on can run: handed over on its command line, so that nothing of it
// has to lie where the interpreter does.
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

const CHILD = new URL("./child/", import.meta.url);
/** In the order in which they import one another. */
const MODULES = [
  "harness/values.py",
  "harness/failures.py",
  "harness/sources.py",
  "cpython/channel.py",
  "cpython/printed.py",
  "cpython/script.py",
  "cpython/serve.py",
];

/** Layers that it must find around itself in a container, as it names them. */
export const CONTAINER_LAYERS = [
  "no-network",
  "read-only-root",
  "no-new-privileges",
  "no-capabilities",
  "seccomp",
  "nobody",
] as const;

export async function command(): Promise<readonly string[]> {
  const boot = await textOf("cpython/boot.py");
  const modules = await Promise.all(
    MODULES.map(async (path) => [/([^/]+)\.py$/.exec(path)?.[1], await textOf(path)]),
  );
  return ["python3", "-I", "-B", "-X", "utf8", "-c", boot, JSON.stringify(modules)];
}

const textOf = (path: string): Promise<string> => readFile(fileURLToPath(new URL(path, CHILD)), "utf8");
