export { player } from "./player.ts";
export { recorder } from "./recorder.ts";
export { standIns, unreached, unreachedOutbound, unreachedProcesses } from "./unreached.ts";
