// Loads Pyodide, from a memory snapshot when there is one, with the harness around it.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";

const DIGEST_BYTES = 32;
const PACKAGES = "/lib/python3.14/site-packages/_gleitzeit";

/** The snapshot file is the SHA-256 of what follows it, and the memory image. */
export class DamagedSnapshot extends Error {
  name = "DamagedSnapshot";
}

export function fromSnapshot(pyodideFolder, file) {
  return load(pyodideFolder, { _loadSnapshot: intactImage(readFileSync(file)) });
}

function intactImage(bytes) {
  const image = bytes.subarray(DIGEST_BYTES);
  const digest = createHash("sha256").update(image).digest();
  if (!digest.equals(bytes.subarray(0, DIGEST_BYTES))) throw new DamagedSnapshot("its digest does not match");
  return image;
}

/** `forSnapshot`: `python.makeMemorySnapshot()` may be called afterwards. */
export async function cold(pyodideFolder, forSnapshot) {
  const python = await load(pyodideFolder, { _makeSnapshot: forSnapshot });
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

async function load(pyodideFolder, more) {
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
