// `echo/v1`: gives back what it is given, for trying things out.

export { echoProvider } from "./echo-provider.ts";
