export { type ContainerOptions, containerProvider } from "./provider.ts";
