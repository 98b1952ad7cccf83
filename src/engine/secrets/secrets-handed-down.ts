// Secrets that a workflow hands to another: by name, and only to inputs that take names. Anywhere else the value would
// have to stand in the other run's log.
import {
  type Declarations,
  type ErrorInfo,
  errorInfo,
  type JsonObject,
  type SecretPlace,
  secretText,
} from "../../domain/index.ts";

export type Handed =
  | { readonly ok: true; readonly inputs: JsonObject }
  | { readonly ok: false; readonly error: ErrorInfo };

/** `secrets`: where the params of the call name some, `inputs` first. */
export function handedDown(
  inputs: JsonObject,
  secrets: readonly SecretPlace[],
  declared: Declarations = {},
  workflow: string,
): Handed {
  let handed = inputs;
  for (const { path, name } of secrets) {
    const [, input, ...rest] = path;
    const key = String(input);
    const takesNames = Object.hasOwn(declared, key) && declared[key]?.secret === true;
    if (!takesNames || rest.length > 0 || inputs[key] !== secretText(name)) {
      const message = `\`${secretText(name)}\` cannot be handed to input \`${key}\` of \`${workflow}\`, which would record its value: declare the input with \`secret: true\` and hand it the reference alone`;
      return { ok: false, error: errorInfo("TASK_PARAMETER_ERROR", message, { details: { secret: name } }) };
    }
    handed = { ...handed, [key]: name };
  }
  return { ok: true, inputs: handed };
}
