// A fork that nobody here could finish is refused before there is one: what it does again has to be spoken by somebody.
// What stands in a cassette, or beyond a condition, is nobody's guess: a cassette answers for itself, a condition for later.
import { GleitzeitError, type TaskId, type TaskNode } from "../../domain/index.ts";
import { noProvider } from "../attempts/perform.ts";
import type { Kit } from "../host.ts";

/** PROTOCOL_NOT_FOUND or PROVIDER_NOT_FOUND with the first task that would have nobody to call. */
export function spoken(
  { registry, cassette }: Pick<Kit, "registry" | "cassette">,
  nodes: readonly TaskNode[],
  isDone: (task: TaskId) => boolean,
): void {
  if (cassette?.kind === "play") return;
  for (const node of nodes) {
    if (isDone(node.id) || !isCalled(node)) continue;
    const { id, protocol, method, provider, preferredProvider } = node;
    if (registry.find(protocol, provider, preferredProvider, { method, params: {} })) continue;
    const { code, message } = noProvider(node);
    throw new GleitzeitError(code, `${id} would run again, and ${message}: nothing was begun`);
  }
}

const isCalled = ({ wait, approval, child, when, agent, fallbacks }: TaskNode): boolean =>
  !wait && !approval && !child && !when && !agent && fallbacks.length === 0;
