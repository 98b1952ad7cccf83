import type { Graph } from "../domain/index.ts";

/** Whether everything that this graph may call is among these protocols. Waits and questions to people call nothing. */
export const speaksAll = ({ nodes }: Graph, protocols: ReadonlySet<string>): boolean =>
  nodes.every(
    ({ wait, approval, protocol, fallbacks }) =>
      (wait !== undefined || approval !== undefined || protocols.has(protocol)) &&
      fallbacks.every((other) => protocols.has(other.protocol)),
  );
