export { echoProvider } from "./echo-provider.ts";
