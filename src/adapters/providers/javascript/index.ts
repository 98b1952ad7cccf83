// `javascript/v1`: scripts on QuickJS, in a locked-down child.

export { javascriptProvider } from "./provider.ts";
