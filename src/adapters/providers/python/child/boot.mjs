// Loads Pyodide, from a memory image when there is one, with the harness around it.
import { readdirSync, readFileSync } from "node:fs";

const PACKAGES = "/lib/python3.14/site-packages/_gleitzeit";

export const load = ({ pyodide }, image) =>
  image ? loaded(pyodide, { _loadSnapshot: image }) : cold(pyodide, false);

export async function imageOf({ pyodide }) {
  return (await cold(pyodide, true)).makeMemorySnapshot();
}

/** `forSnapshot`: `python.makeMemorySnapshot()` may be called afterwards. */
async function cold(pyodideFolder, forSnapshot) {
  const python = await loaded(pyodideFolder, { _makeSnapshot: forSnapshot });
  const harness = new URL("./harness/", import.meta.url);
  python.FS.mkdirTree(PACKAGES);
  for (const name of readdirSync(harness).filter((file) => file.endsWith(".py"))) {
    python.FS.writeFile(`${PACKAGES}/${name}`, readFileSync(new URL(name, harness)));
  }
  python.runPython(
    "from _gleitzeit import preloaded, entry as _gleitzeit\ndel preloaded\n_gleitzeit.prepare()",
  );
  for (const name of python.FS.readdir(PACKAGES).filter((file) => file.endsWith(".py"))) {
    python.FS.unlink(`${PACKAGES}/${name}`);
  }
  return python;
}

async function loaded(pyodideFolder, more) {
  const { loadPyodide } = await import(`${pyodideFolder}/pyodide.mjs`);
  const lock = JSON.parse(readFileSync(`${pyodideFolder}/pyodide-lock.json`, "utf8"));
  return loadPyodide({
    indexURL: pyodideFolder,
    packageBaseUrl: "file:///nowhere/",
    lockFileContents: { info: lock.info, packages: {} },
    jsglobals: Object.freeze(Object.create(null)),
    env: { HOME: "/home/pyodide" },
    stdout() {},
    stderr() {},
    ...more,
  });
}
