export { celExpressions } from "./cel-expressions.ts";
