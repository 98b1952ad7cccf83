// Calls of providers on disk: recorded into a folder, and played from it where nobody may be called.

export { player } from "./player.ts";
export { recorder } from "./recorder.ts";
export { standIns, unreached, unreachedOutbound, unreachedProcesses } from "./unreached.ts";
