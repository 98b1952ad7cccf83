// What a container is started with. Without files it is the program itself; with them the image's own `sh` and `tar`
// put them in place first, and pack what is collected afterwards.
import type { RunParams } from "./methods.ts";
import { type Packed, tarOf } from "./tar-pack.ts";

export type Job = {
  readonly command?: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly input: Uint8Array;
  /** Stands in its output before the archive of what was collected. */
  readonly mark?: string;
};

const INPUT = ".gleitzeit-stdin";
const CANNOT_UNPACK = 125;

/**
 * Nothing of a document stands in it: the command is its arguments, and paths are a variable, split at line ends and
 * never expanded.
 */
const AROUND = `tar -xf - && exec <${INPUT} && rm ${INPUT} || exit ${CANNOT_UNPACK}
mark=$GLEITZEIT_MARK collect=$GLEITZEIT_COLLECT
unset GLEITZEIT_MARK GLEITZEIT_COLLECT
command -v "$1" >/dev/null || { echo "gleitzeit: exec $1 failed: not found" >&2; exit 127; }
[ -n "$mark" ] || exec "$@"
"$@" || exit $?
set -f
IFS='
'
printf %s "$mark" && exec tar -cf - $collect`;

export function jobOf({ command, stdin, collect }: RunParams, files: readonly Packed[], mark: string): Job {
  const words = typeof command === "string" ? ["sh", "-c", command] : command;
  const input = Buffer.from(stdin);
  if (files.length === 0 && collect.length === 0) return { ...(words && { command: words }), env: {}, input };
  const isCollecting = collect.length > 0;
  return {
    command: ["sh", "-c", AROUND, "gleitzeit", ...(words ?? [])],
    env: isCollecting
      ? { GLEITZEIT_MARK: mark, GLEITZEIT_COLLECT: collect.map((path) => `./${path}`).join("\n") }
      : {},
    input: tarOf([...files, { path: INPUT, bytes: input }]),
    ...(isCollecting && { mark }),
  };
}
