// `container/v1`: any program, in a container of its own.

export { type ContainerOptions, containerProvider } from "./provider.ts";
