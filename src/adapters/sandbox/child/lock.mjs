// What is taken away from JavaScript inside the child, beside what Node's own flags refuse.
import { constants } from "node:fs";
import { networkInterfaces } from "node:os";
import process from "node:process";

/** Emscripten asks for this binding; the permission model refuses the real one, and nothing else is answered. */
export function replaceBinding() {
  const answer = (name) => {
    if (name === "constants") return { fs: constants };
    throw new Error(`no binding ${name}`);
  };
  Object.defineProperty(process, "binding", { configurable: false, value: answer });
}

// Values of the language, and the little of Node that Emscripten calls while a script runs.
const KEPT = new Set(
  `globalThis Object Function Array Number parseFloat parseInt Infinity NaN undefined Boolean String Symbol Date
  Promise RegExp Error AggregateError EvalError RangeError ReferenceError SyntaxError TypeError URIError JSON Math
  Intl ArrayBuffer Atomics Uint8Array Int8Array Uint16Array Int16Array Uint32Array Int32Array Float32Array
  Float64Array Uint8ClampedArray BigUint64Array BigInt64Array DataView Map BigInt Set WeakMap WeakSet WeakRef Proxy
  Reflect FinalizationRegistry SharedArrayBuffer Iterator decodeURI decodeURIComponent encodeURI encodeURIComponent
  isFinite isNaN WebAssembly TextDecoder TextEncoder performance crypto setTimeout clearTimeout setInterval
  clearInterval setImmediate clearImmediate queueMicrotask AbortController AbortSignal DOMException Event EventTarget
  URL MessageChannel navigator`.split(/\s+/),
);

/** After the interpreter is loaded: what it took while loading it keeps, what a script could reach is gone. */
export function removeGlobals() {
  const quiet = Object.freeze({ log() {}, info() {}, debug() {}, warn() {}, error() {}, trace() {} });
  for (const name of Object.getOwnPropertyNames(globalThis)) {
    if (!KEPT.has(name)) delete globalThis[name];
  }
  Object.defineProperty(globalThis, "console", { value: quiet });
}

/** The layers that hold, as seen from inside; what cannot be seen from here the host adds. */
export function observedLayers(memoryPages) {
  const layers = {
    "permission-model": !["fs.write", "child", "worker", "addons"].some((what) => isPermitted(what)),
    "no-code-generation": isRefused(() => new Function("return 1")),
    "memory-cap": isRefused(() => new WebAssembly.Memory({ initial: memoryPages + 1 })),
    "no-environment": Object.keys(process.env).length === 0,
    "network-namespace": Object.keys(networkInterfaces()).length === 0,
    "process-namespace": process.pid === 1,
  };
  return Object.keys(layers).filter((layer) => layers[layer]);
}

const isPermitted = (what) => process.permission?.has(what) ?? true;

function isRefused(attempt) {
  try {
    attempt();
    return false;
  } catch {
    return true;
  }
}
