// The locked-down child: one Python interpreter, driven by lines of JSON on standard input.
// Usage: main.mjs <pyodide folder> serve|snapshot <settings as JSON>
import process from "node:process";
import { cold, DamagedSnapshot, fromSnapshot } from "./boot.mjs";
import { send, write } from "./frames.mjs";
import { replaceBinding } from "./lock.mjs";
import { serve } from "./serve.mjs";

const [, , pyodideFolder, mode, text] = process.argv;
const settings = JSON.parse(text);
const exit = process.exit.bind(process);

// What Python takes for its own name and arguments.
process.argv.splice(1, process.argv.length, "python");

replaceBinding();
try {
  if (mode === "snapshot") await makeSnapshot();
  else await start();
} catch (error) {
  const reason = error instanceof DamagedSnapshot ? "snapshot" : "boot";
  send({ t: "fatal", reason, message: String(error?.message ?? error).slice(0, 2000) });
  exit(1);
}

async function start() {
  const python = settings.snapshot
    ? await fromSnapshot(pyodideFolder, settings.snapshot)
    : await cold(pyodideFolder, false);
  serve(python, settings);
}

async function makeSnapshot() {
  const python = await cold(pyodideFolder, true);
  const image = python.makeMemorySnapshot();
  send({ t: "snapshot", size: image.length });
  write(image);
  exit(0);
}
