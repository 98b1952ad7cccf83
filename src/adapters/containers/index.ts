export { daemonHealth } from "./abilities.ts";
export { type ContainersOptions, containers } from "./containers.ts";
export { installationId } from "./installation.ts";
