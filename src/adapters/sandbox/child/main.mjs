// The locked-down child: one interpreter of one language, driven by lines of JSON on standard input.
// Usage: main.mjs <the language's module> serve|snapshot <settings as JSON>
//
// The module exports
//   load(settings, image?)  the interpreter, from its memory image if there is one;
//   begin(loaded, kit)      { put, link, perform, clean }, see serve.mjs; nothing of the host is reachable afterwards;
//   REHEARSAL               a script that wakes up what the first one needs;
//   imageOf(settings)       the memory of a freshly loaded interpreter, where images are made.
import process from "node:process";
import { pathToFileURL } from "node:url";
import { send, write } from "./frames.mjs";
import { DamagedSnapshot, intactImage } from "./image.mjs";
import { replaceBinding } from "./lock.mjs";
import { serve } from "./serve.mjs";

const [, , module, mode, text] = process.argv;
const settings = JSON.parse(text);
const exit = process.exit.bind(process);

// What an interpreter takes for its own name and arguments.
process.argv.splice(1, process.argv.length, settings.name);

replaceBinding();
try {
  const language = await import(pathToFileURL(module).href);
  if (mode === "snapshot") await makeSnapshot(language);
  else await start(language);
} catch (error) {
  const reason = error instanceof DamagedSnapshot ? "snapshot" : "boot";
  send({ t: "fatal", reason, message: String(error?.message ?? error).slice(0, 2000) });
  exit(1);
}

async function start(language) {
  const image = settings.snapshot && intactImage(settings.snapshot);
  await serve(language, await language.load(settings, image), settings);
}

async function makeSnapshot(language) {
  const image = await language.imageOf(settings);
  send({ t: "snapshot", size: image.length });
  write(image);
  exit(0);
}
