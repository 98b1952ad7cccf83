// Circles in a graph given as adjacency lists. Iterative: a chain of 100,000 must not exhaust the stack.

type Frame = { readonly node: number; next: number };

/** One circle per knot of nodes that reach each other, each as its nodes in order; a node's edge to itself is none. */
export function circlesIn(edges: readonly (readonly number[])[]): readonly (readonly number[])[] {
  return knotsIn(edges)
    .filter((knot) => knot.length > 1)
    .map((knot) => circleThrough(lowest(knot), new Set(knot), edges))
    .toSorted((a, b) => (a[0] ?? 0) - (b[0] ?? 0));
}

const lowest = (nodes: readonly number[]): number => nodes.reduce((low, node) => Math.min(low, node));

/** Strongly connected components (Tarjan). */
function knotsIn(edges: readonly (readonly number[])[]): readonly (readonly number[])[] {
  const order = new Int32Array(edges.length).fill(-1);
  const low = new Int32Array(edges.length);
  const onPath = new Uint8Array(edges.length);
  const path: number[] = [];
  const knots: number[][] = [];
  let visited = 0;
  for (const root of edges.keys()) {
    if (order[root] !== -1) continue;
    const frames: Frame[] = [];
    const enter = (node: number): void => {
      order[node] = visited;
      low[node] = visited;
      visited += 1;
      onPath[node] = 1;
      path.push(node);
      frames.push({ node, next: 0 });
    };
    enter(root);
    for (let frame = frames.at(-1); frame; frame = frames.at(-1)) {
      const { node } = frame;
      const to = edges[node]?.[frame.next];
      frame.next += 1;
      if (to === undefined) {
        frames.pop();
        const above = frames.at(-1)?.node;
        if (above !== undefined) low[above] = Math.min(low[above] ?? 0, low[node] ?? 0);
        if (low[node] === order[node]) {
          const knot = path.splice(path.lastIndexOf(node));
          for (const member of knot) onPath[member] = 0;
          knots.push(knot);
        }
      } else if (order[to] === -1) enter(to);
      else if (onPath[to] === 1) low[node] = Math.min(low[node] ?? 0, order[to] ?? 0);
    }
  }
  return knots;
}

/** The shortest way from a node back to itself inside its knot. */
function circleThrough(
  start: number,
  knot: ReadonlySet<number>,
  edges: readonly (readonly number[])[],
): readonly number[] {
  const from = new Map<number, number>();
  const queue = [start];
  for (const node of queue) {
    for (const to of edges[node] ?? []) {
      if (to === start && node !== start) return wayBack(node, from);
      if (to === node || !knot.has(to) || from.has(to) || to === start) continue;
      from.set(to, node);
      queue.push(to);
    }
  }
  return [...knot];
}

function wayBack(last: number, from: ReadonlyMap<number, number>): readonly number[] {
  const way: number[] = [];
  for (let node: number | undefined = last; node !== undefined; node = from.get(node)) way.push(node);
  return way.reverse();
}
