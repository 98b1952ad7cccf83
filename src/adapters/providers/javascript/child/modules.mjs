// What `import` finds: the captured files beside a script, and nothing else.
import { folderOf, within } from "./files.mjs";

const decoder = new TextDecoder("utf-8", { fatal: false });

class ImportError extends Error {
  name = "ImportError";
}

export const textOf = (files, path) => decoder.decode(files.bytes(path));

/** The message of every import while nothing may be imported. */
export const STOP = "gleitzeit:stop";
const REFUSED = "refused:";

/** `own`: modules of the harness, by name; once `seal` is called no script can name them. */
export function moduleLoader(files, own) {
  let isSealed = false;
  let isStopped = false;
  let missing;
  const asked = new Map();

  // The engine loses errors of the normalizer: they travel as names to the loader.
  const refused = (from, specifier, message) => {
    missing = { from, specifier };
    return REFUSED + message;
  };

  return {
    seal() {
      isSealed = true;
    },
    refuseAll() {
      isStopped = true;
    },
    /** The import that could not be done, for who tells of it. */
    missing: () => missing,
    normalize(from, specifier) {
      if (!isSealed) return `gleitzeit:${specifier.replace(/^\.\/|\.mjs$/g, "")}`;
      if (isStopped) return REFUSED + STOP;
      if (!/^\.{0,2}\//.test(specifier)) return refused(from, specifier, noPackage(specifier));
      const path = specifier.startsWith("/")
        ? files.find(specifier)
        : within(folderOf(fileOf(from)), specifier);
      if (path !== undefined && files.find(path) !== undefined) {
        asked.set(path, { from, specifier });
        return path;
      }
      return refused(from, specifier, notCaptured(files, specifier, path));
    },
    load(name) {
      if (!isSealed) return own(name);
      if (name.startsWith(REFUSED)) return { error: new ImportError(name.slice(REFUSED.length)) };
      const text = textOf(files, name);
      if (!name.endsWith(".json")) return text;
      try {
        JSON.parse(text);
      } catch (error) {
        missing = asked.get(name);
        return { error: new ImportError(`${name} is not JSON: ${error.message}`) };
      }
      return `export default JSON.parse(${JSON.stringify(text)})`;
    },
  };
}

/** Code that is no file stands at the top. */
const fileOf = (name) => (name.startsWith("<") ? "" : name);

function noPackage(specifier) {
  const what = /^[a-z]+:/.test(specifier) ? "nothing of the host" : "no packages";
  return `cannot import ${JSON.stringify(specifier)}: a script has ${what}, only the captured files beside it ("./name.js")`;
}

function notCaptured(files, specifier, path) {
  const others = [".js", ".mjs", ".json", "/index.js"].filter(
    (end) => path && files.find(path + end) !== undefined,
  );
  const hint =
    others.length > 0
      ? `did you mean ${JSON.stringify(specifier + others[0])}?`
      : "a script sees only the files its task names: add it under `files:`";
  return `cannot import ${JSON.stringify(specifier)}: there is no such captured file; ${hint}`;
}
