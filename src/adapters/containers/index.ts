export { type ContainersOptions, containers } from "./containers.ts";
export { installationId } from "./installation.ts";
