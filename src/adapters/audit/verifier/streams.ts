// The streams of a bundle: each without a gap and without a second version of an event; of a run its own and its children's.
import type { Fields } from "./canonical.ts";
import { type Place, Wrong } from "./finding.ts";
import type { Scope } from "./header.ts";

export type Streams = {
  readonly take: (stream: string, revision: number, type: string, data: Fields, place: Place) => void;
  /** Whether every run in it has come to its end. */
  readonly end: () => boolean;
};

type Stream = { readonly next: number; readonly isOver: boolean };
const ENDS = ["RunSucceeded", "RunFailed", "RunCancelled"];

export function streamsOf(scope: Scope): Streams {
  const streams = new Map<string, Stream>();
  const finished = new Set<string>();

  function belongs(stream: string): boolean {
    if ("all" in scope || streams.has(stream)) return true;
    return streams.size === 0 && stream.startsWith("run-") && stream.endsWith(`.${scope.run}`);
  }

  return {
    take: (stream, revision, type, data, place) => {
      const { next } = streams.get(stream) ?? { next: 0 };
      if (!belongs(stream)) throw new Wrong("extra event", `${stream} does not belong to the run`, place);
      if (revision < next)
        throw new Wrong("extra event", `revision ${revision} of ${stream} stood before`, place);
      if (revision > next) {
        const isWanted = (_: unknown, s: unknown, r: unknown): boolean => s === stream && r === next;
        throw new Wrong("missing event", `revision ${next} of ${stream} should come first`, place, isWanted);
      }
      streams.set(stream, { next: next + 1, isOver: ENDS.includes(type) });
      if (!("children" in scope && scope.children && type.startsWith("ChildRun"))) return;
      const child = `${stream.slice(0, stream.lastIndexOf("."))}.${String(data.run)}`;
      if (!streams.has(child)) streams.set(child, { next: 0, isOver: false });
      if (type === "ChildRunFinished") finished.add(child);
    },
    end: () => {
      const all = [...streams].filter(([stream]) => stream.startsWith("run-"));
      if ("all" in scope) return true;
      if (all.length === 0) throw new Wrong("missing event", "there is no event of the run");
      const cut = all.find(([stream, { isOver }]) => finished.has(stream) && !isOver);
      if (cut) throw new Wrong("missing event", `${cut[0]} has ended, and its end is not here`);
      return all.every(([, { isOver }]) => isOver);
    },
  };
}
