// Users' files as a call wants to see them: the one place that reads them. Nothing outside the two folders is read.
import { isAbsolute } from "node:path";
import { GleitzeitError } from "../../domain/index.ts";
import type { FileCapture } from "../../engine/ports/index.ts";
import { hasWildcards } from "./glob.ts";
import { inTurns } from "./in-turns.ts";
import { type Reader, reader } from "./reader.ts";
import { type Absent, isFound, type Located, locate, locateIn, type Roots, rootsOf } from "./roots.ts";
import { withModules } from "./sibling-modules.ts";
import { filesBelow } from "./walk.ts";

const usual = async (): Promise<number> => 64 * 1024 * 1024;

/** `maxBytes`: of all files of one call together, asked for each. */
export function fileCapture({
  maxBytes = usual,
}: {
  readonly maxBytes?: () => Promise<number>;
} = {}): FileCapture {
  return {
    async capture(folders, { required, mentioned, globs, modulesOf }) {
      const roots = await rootsOf(folders);
      const files = reader(await maxBytes());
      const named = await inTurns(once(required), (name) => mustFind(roots, name));
      const perhaps = await inTurns(once(mentioned), (text) => locate(roots, text));
      const globbed = await inTurns(once(globs), (pattern) => matching(roots, pattern));
      const modules = await inTurns(once(modulesOf), (script) => scriptFiles(roots, script, files));
      const all = [...named, ...perhaps.filter(isFound), ...globbed.flat(), ...modules.flat()];
      const unique = [...new Map(all.toReversed().map((file) => [file.path, file])).values()].toReversed();
      files.reserve(unique);
      return inTurns(unique, files.read);
    },
  };
}

const once = (names: readonly string[]): readonly string[] => [...new Set(names)];

async function scriptFiles(roots: Roots, name: string, files: Reader): Promise<readonly Located[]> {
  return withModules(await mustFind(roots, name), roots, async (file) => {
    files.reserve([file]);
    return utf8.decode((await files.read(file)).bytes);
  });
}

const utf8 = new TextDecoder();

async function mustFind(roots: Roots, name: string): Promise<Located> {
  const located = await locate(roots, name);
  if (isFound(located)) return located;
  throw refusal(name, located);
}

function refusal(name: string, { reason, why }: Absent): GleitzeitError {
  const shown = name.length > 200 ? `${name.slice(0, 199)}…` : name;
  return new GleitzeitError(
    reason === "forbidden" ? "AUTHORIZATION_FAILED" : "TASK_PARAMETER_ERROR",
    `the file ${JSON.stringify(shown)} ${why}`,
  );
}

/**
 * A name without wildcards must exist; a glob may match nothing. The working directory is asked only where the
 * document's folder has no match.
 */
async function matching(roots: Roots, pattern: string): Promise<readonly Located[]> {
  const literal = await locate(roots, pattern);
  if (isFound(literal)) return [literal];
  if (!hasWildcards(pattern)) throw refusal(pattern, literal);
  if (isAbsolute(pattern) || pattern.split("/").includes("..")) {
    throw refusal(pattern, {
      reason: "outside",
      why: "must be a glob below the document's folder, without `..`",
    });
  }
  for (const root of roots) {
    const top = await locateIn(roots, root, ".", "directory");
    const found = isFound(top) ? await filesBelow(top, pattern, roots) : [];
    if (found.length > 0) return found;
  }
  return [];
}
