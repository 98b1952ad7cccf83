const AT_ONCE = 16;

/** Results in the order of the items, a few at work at a time; of several failures the first item's counts. */
export async function inTurns<T, R>(
  items: readonly T[],
  work: (item: T) => Promise<R>,
): Promise<readonly R[]> {
  const results: R[] = [];
  for (let from = 0; from < items.length; from += AT_ONCE) {
    for (const end of await Promise.allSettled(items.slice(from, from + AT_ONCE).map(work))) {
      if (end.status === "rejected") throw end.reason;
      results.push(end.value);
    }
  }
  return results;
}
