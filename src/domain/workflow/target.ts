// What a task calls: `mcp/tool.add` is the method `tool.add` of `mcp/v1`; a method without a slash is one of `python/v1`.

export type Target = { readonly protocol: string; readonly method: string };

export function targetOf({
  method,
  protocol,
}: {
  readonly method: string;
  readonly protocol?: string;
}): Target {
  const slash = method.indexOf("/");
  if (protocol === undefined && slash < 0) return { protocol: "python/v1", method };
  const family = method.slice(0, Math.max(slash, 0));
  if (protocol === undefined) return { protocol: `${family}/v1`, method: method.slice(slash + 1) };
  return { protocol, method: familyOf(protocol) === family ? method.slice(slash + 1) : method };
}

/** What a task with the key `workflow` calls. */
export const SUB_WORKFLOW: Target = { protocol: "workflow/v1", method: "run" };

/** What a task with the key `approval` calls. */
export const QUESTION: Target = { protocol: "approval/v1", method: "request" };

/** A task that a model steers, and what it asks the model at each turn. */
export const AGENT: Target = { protocol: "llm/v1", method: "agent" };
export const TURN: Target = { protocol: "llm/v1", method: "chat" };

/** `python` of `python/v1`. */
export const familyOf = (protocol: string): string => protocol.split("/", 1)[0] ?? protocol;
