import { didYouMean, type ErrorInfo, errorInfo } from "../../../domain/index.ts";
import type { Method } from "../../../engine/ports/index.ts";

type Found =
  | { readonly ok: true; readonly key: string; readonly method: Method }
  | { readonly ok: false; readonly error: ErrorInfo };

/** The method of that name, else the one for any name. */
export function methodNamed(
  protocol: string,
  name: string,
  methods: Readonly<Record<string, Method>>,
): Found {
  const key = Object.hasOwn(methods, name) ? name : "*";
  const method = Object.hasOwn(methods, key) ? methods[key] : undefined;
  if (method) return { ok: true, key, method };
  const message = `${protocol} has no method \`${name}\`${didYouMean(name, Object.keys(methods))}`;
  return { ok: false, error: errorInfo("METHOD_NOT_SUPPORTED", message) };
}
