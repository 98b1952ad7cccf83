export {
  type DefinedMethod,
  type DefinedProvider,
  defineProvider,
  type MethodContext,
} from "./define-provider.ts";
