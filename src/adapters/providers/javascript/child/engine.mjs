// One QuickJS with the harness in it: a WebAssembly instance, a runtime and a context of its own, used for one script.
import { readFileSync } from "node:fs";
import { moduleLoader, textOf } from "./modules.mjs";

/** QuickJS says no before WebAssembly's own cap ends the child. */
const MEMORY_SHARE = 0.85;
const PAGE_BYTES = 65_536;
const STACK_BYTES = 256 * 1024;
const OWN = /^gleitzeit:([a-z]+)$/;

/** Gives a fresh engine each time. `files`: what scripts may read. */
export function engines(instantiate, { settings, look, now, stdout, stderr }, files) {
  const encoder = new TextEncoder();
  const own = new Map(
    ["entry", "values", "inspect", "failures", "globals", "own"].map((name) => [
      name,
      readFileSync(new URL(`./harness/${name}.mjs`, import.meta.url), "utf8"),
    ]),
  );
  const sourceOf = (name) => own.get(OWN.exec(name)?.[1] ?? "");

  return async () => {
    const wasm = await instantiate();
    const runtime = wasm.newRuntime();
    runtime.setMemoryLimit(Math.floor(settings.memoryPages * PAGE_BYTES * MEMORY_SHARE));
    runtime.setMaxStackSize(STACK_BYTES);
    runtime.setInterruptHandler(() => {
      look();
      return false;
    });
    const modules = moduleLoader(files, sourceOf);
    runtime.setModuleLoader(modules.load, modules.normalize);
    const context = runtime.newContext();
    const entry = context.evalCode(sourceOf("gleitzeit:entry"), "gleitzeit:entry", { type: "module" });
    const harness = context.getPromiseState(context.unwrapResult(entry)).value;
    const functions = Object.fromEntries(
      ["install", "receive", "fire", "answer", "describe"].map((name) => [
        name,
        context.getProp(harness, name),
      ]),
    );
    const call = (name, ...args) => context.callFunction(functions[name], context.undefined, ...args);
    const began = now();
    const host = {
      write: (stream, text) =>
        void (context.getNumber(stream) === 1 ? stdout : stderr)(encoder.encode(textIn(text))),
      now: () => context.newNumber(now() - began),
      names: () => textOut(files.names()),
      text: (named) => fileAs(named, (path) => textOut(textOf(files, path))),
      bytes: (named) => fileAs(named, (path) => context.newArrayBuffer(files.bytes(path).slice().buffer)),
    };
    // As JSON: between the two, a text ends at its first NUL.
    const textIn = (handle) => JSON.parse(context.getString(handle));
    const textOut = (value) => context.newString(JSON.stringify(value));
    const fileAs = (named, made) => {
      const path = files.find(textIn(named));
      return path === undefined ? context.undefined : made(path);
    };
    const given = context.newObject();
    for (const [name, run] of Object.entries(host))
      context.setProp(given, name, context.newFunction(name, run));
    context.unwrapResult(call("install", given));
    modules.seal();

    return {
      context,
      runtime,
      modules,
      call,
      /** Of the instance, in bytes; it never shrinks. */
      memoryBytes: () => wasm.getWasmMemory().buffer.byteLength,
    };
  };
}
