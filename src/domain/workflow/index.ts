export type { Graph, RetryPolicy, TaskNode } from "./graph.ts";
