// Conditions of documents, in CEL.

export { celExpressions } from "./cel-expressions.ts";
