// Docker daemons: containers that are made, watched and removed for calls.

export { daemonHealth } from "./abilities.ts";
export { type ContainersOptions, containers } from "./containers.ts";
export { installationId } from "./installation.ts";
