// JavaScript's half of the child: one new QuickJS for every script, and the captured files in memory.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { engines } from "./engine.mjs";
import { capturedFiles } from "./files.mjs";
import { checked, executed, facts } from "./script.mjs";

export const REHEARSAL =
  "const result = { n: [1, 'a', context.a] };\nconsole.log(result);\nawait new Promise((go) => setTimeout(go, 1));";

export async function load({ library, engine }) {
  const [{ newQuickJSWASMModuleFromVariant, newVariant }, { default: release }] = await Promise.all(
    [`${library}/dist/index.mjs`, `${engine}/dist/index.mjs`].map((file) => import(pathToFileURL(file).href)),
  );
  const wasmModule = new WebAssembly.Module(readFileSync(`${engine}/dist/emscripten-module.wasm`));
  const variant = newVariant(release, { wasmModule });
  return () => newQuickJSWASMModuleFromVariant(variant);
}

export async function begin(instantiate, kit) {
  const { settings } = kit;
  const files = capturedFiles(settings.fileBytes);
  const start = engines(instantiate, kit, files);
  const decoder = new TextDecoder();
  const encoder = new TextEncoder();
  let engine = await start();

  return {
    put: files.put,
    link: files.link,
    perform(line, onAnswer) {
      const job = JSON.parse(decoder.decode(line));
      const answer = perform(job);
      onAnswer(answer === undefined ? undefined : encoder.encode(answer));
    },
    /** What a script did is gone with its engine; one that took half of the memory leaves the child with it. */
    async clean() {
      const isSmall = engine.memoryBytes() < (settings.memoryPages * 65_536) / 2;
      files.forget();
      engine = await start();
      return isSmall;
    },
  };

  function perform(job) {
    if (job.op === "execute") return executed(engine, files, job, kit);
    if (job.op === "validate") return checked(engine, files, job);
    return facts(engine, settings);
  }
}
