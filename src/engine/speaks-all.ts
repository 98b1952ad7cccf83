import type { Graph } from "../domain/index.ts";

/** Whether everything that this graph may call is among these protocols. Waits, questions to people and runs of their own call nothing. */
export const speaksAll = ({ nodes }: Graph, protocols: ReadonlySet<string>): boolean =>
  nodes.every(
    ({ wait, approval, child, protocol, fallbacks }) =>
      ((wait ?? approval ?? child) !== undefined || protocols.has(protocol)) &&
      fallbacks.every((other) => protocols.has(other.protocol)),
  );
