// The captured files of one call, in memory. A script reads them and cannot change them.

const MOST_FILES = 20_000;

export function capturedFiles(quota) {
  const contents = new Map();
  const links = new Map();
  let room = quota;

  return {
    /** A piece of a file; the first one (`at` 0) makes it. */
    put(path, size, at, bytes) {
      if (at === 0) {
        room -= size;
        if (room < 0 || contents.size >= MOST_FILES) throw new Error("the captured files are too large");
        contents.set(path, new Uint8Array(size));
      }
      contents.get(path).set(bytes, at);
    },
    /** A second name for a captured file, for scripts that are given its absolute path. */
    link: (path, absolute) => void links.set(absolute, path),
    /** The path under which it was captured, however a script writes it; undefined when there is none. */
    find(named) {
      const path = links.get(named) ?? within("", named);
      return path !== undefined && contents.has(path) ? path : undefined;
    },
    bytes: (path) => contents.get(path),
    names: () => [...contents.keys()].sort(),
    forget() {
      contents.clear();
      links.clear();
      room = quota;
    },
  };
}

/** `../a.js` seen from the folder `lib/x` is `lib/a.js`; undefined where it leads out of everything. */
export function within(folder, relative) {
  const steps = folder === "" ? [] : folder.split("/");
  for (const step of relative.split("/")) {
    if (step === "" || step === ".") continue;
    if (step !== "..") steps.push(step);
    else if (steps.pop() === undefined) return undefined;
  }
  return steps.join("/");
}

export const folderOf = (path) => (path.includes("/") ? path.slice(0, path.lastIndexOf("/")) : "");
