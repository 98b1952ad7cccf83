export { javascriptProvider } from "./provider.ts";
