// What tasks call: protocols, methods, providers, and params against the method's own schema.
import { isObject, type JsonObject, pathText } from "../json.ts";
import { itemParams } from "./batch-item.ts";
import { isOpenPlace } from "./open-place.ts";
import type { MethodCatalog, Path, Report } from "./problems.ts";
import { didYouMean } from "./suggest.ts";
import { familyOf, type Target, targetOf } from "./target.ts";
import type { TaskView } from "./task-views.ts";

type Asked = {
  readonly catalog: MethodCatalog;
  readonly report: Report;
  readonly protocol?: string | undefined;
  /** Where the task names no provider: the document's. */
  readonly preferred?: string | undefined;
};

/** `protocol` is the document's, for a batch. */
export function checkMethod(task: TaskView, { catalog, report, protocol: general, preferred }: Asked): void {
  const { method, protocol = general, provider } = task.written;
  if (typeof provider === "string") checkProvider(provider, [...task.path, "provider"], catalog, report);
  if (typeof method !== "string" || method === "" || task.isOtherKind) return;
  const target = targetOf({ method, ...(typeof protocol === "string" && { protocol }) });
  const protocols = catalog.protocols();
  if (!protocols.includes(target.protocol)) {
    const at = [...task.path, task.written.protocol === undefined ? "method" : "protocol"];
    report({ ...protocolProblem(target, method, protocols, catalog.remedy?.(target.protocol)), path: at });
    return;
  }
  if (typeof provider === "string") checkSpeaks(provider, target, task, { catalog, report });
  const asked = typeof provider === "string" ? provider : preferred;
  const known = catalog.method(target.protocol, target.method, asked, task.params);
  if (known) checkParams(task, target, known, report);
  else report({ ...methodProblem(target, method, catalog), path: [...task.path, "method"] });
}

function protocolProblem(
  { protocol }: Target,
  method: string,
  protocols: readonly string[],
  remedy: string | undefined,
) {
  const sameFamily = protocols.filter((known) => familyOf(known) === familyOf(protocol));
  if (sameFamily.length > 0) {
    const message = `protocol \`${protocol}\` of \`${method}\` is not available; there is ${sameFamily.join(", ")}`;
    return { code: "PROTOCOL_VERSION_MISMATCH", message } as const;
  }
  if (remedy !== undefined) {
    const message = `nothing speaks \`${protocol}\` of \`${method}\` here: ${remedy}`;
    return { code: "PROTOCOL_NOT_FOUND", message } as const;
  }
  const families = protocols.map(familyOf);
  const hint = didYouMean(familyOf(protocol), families) || `: available are ${protocols.join(", ")}`;
  return {
    code: "PROTOCOL_NOT_FOUND",
    message: `unknown protocol \`${protocol}\` of \`${method}\`${hint}`,
  } as const;
}

function methodProblem({ protocol, method: name }: Target, method: string, catalog: MethodCatalog) {
  const methods = catalog.methodsOf(protocol);
  const meant = catalog.protocols().find((known) => !method.includes("/") && familyOf(known) === method);
  if (meant !== undefined) {
    const message = `\`${method}\` is a protocol: a method of it is one of ${catalog
      .methodsOf(meant)
      .map((one) => `\`${method}/${one}\``)
      .join(", ")}`;
    return { code: "METHOD_NOT_SUPPORTED", message } as const;
  }
  const hint = didYouMean(name, methods) || `: ${protocol} has ${methods.join(", ")}`;
  return { code: "METHOD_NOT_SUPPORTED", message: `unknown method \`${method}\`${hint}` } as const;
}

export function checkProvider(name: string, path: Path, catalog: MethodCatalog, report: Report): void {
  const known = catalog.providers();
  if (known.includes(name)) return;
  const hint = didYouMean(name, known) || `: available are ${known.join(", ")}`;
  report({ code: "PROVIDER_NOT_FOUND", message: `unknown provider \`${name}\`${hint}`, path });
}

/** A provider that is there, for another protocol than the task's. */
function checkSpeaks(
  name: string,
  { protocol }: Target,
  { path }: TaskView,
  { catalog, report }: Pick<Asked, "catalog" | "report">,
): void {
  const speakers = catalog.speakersOf?.(protocol) ?? [];
  if (speakers.length === 0 || speakers.includes(name) || !catalog.providers().includes(name)) return;
  const message = `provider \`${name}\` does not speak ${protocol}: ${speakers.map((one) => `\`${one}\``).join(", ")} ${speakers.length === 1 ? "does" : "do"}`;
  report({ code: "PROVIDER_NOT_FOUND", message, path: [...path, "provider"] });
}

type Checked = NonNullable<ReturnType<MethodCatalog["method"]>>;

/** Places whose value contains a reference, or lies under one, are judged when the value is known. */
function checkParams(task: TaskView, target: Target, method: Checked, report: Report): void {
  if (task.written.params !== undefined && !isObject(task.written.params)) return;
  const params = task.path[0] === "template" ? sampleItem(target, task.params) : task.params;
  for (const { path, message } of method.check(params)) {
    if (isOpenPlace(params, path)) continue;
    const at = path.length === 0 ? "params" : `\`${pathText(path)}\``;
    report({
      code: "INVALID_PARAMS",
      message: `${at} of \`${target.method}\`: ${message}`,
      path: [...task.path, "params", ...path],
    });
  }
}

/** A template's params as its items will have them; whether the file is an image does not matter to most methods. */
const sampleItem = (target: Target, params: JsonObject): JsonObject => itemParams(target, params, "file.png");
