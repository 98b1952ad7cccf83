// The leaves of a bundle in their order: each is proven to stand in the checkpoint's tree, or all of them are the tree.
import { decimal } from "./canonical.ts";
import { type Place, Wrong } from "./finding.ts";
import { type Header, pathOf } from "./header.ts";
import { growingTree, inclusionRoot, leafHash, sameHash } from "./merkle.ts";
import type { Checkpoint } from "./note.ts";

export type Leaves = {
  readonly take: (leaf: Uint8Array, index: unknown, place: Place, proof?: unknown) => void;
  readonly end: () => void;
};

export function leavesOf({ scope, checkpoint, older }: Header, since: Checkpoint | undefined): Leaves {
  const isAll = "all" in scope;
  const tree = growingTree();
  let last = -1;
  if (since && since.size > 0 && !isAll) checkOlder(since);
  if (since && since.size > checkpoint.size) throw inconsistent(since, "the bundle's is older than that");

  function checkOlder({ size, root }: Checkpoint): void {
    const known = [...older, checkpoint].filter((one) => one.size === size);
    if (known.length === 0)
      throw inconsistent({ size }, "the bundle has no proof from there; export it with --since");
    if (!known.every((one) => sameHash(one.root, root)))
      throw inconsistent({ size }, "the root there is another");
  }

  function takeNext(leaf: Uint8Array, index: number, place: Place): void {
    if (index > last + 1) {
      const isWanted = (leafIndex: unknown): boolean => leafIndex === String(last + 1);
      throw new Wrong("missing event", `leaf ${last + 1} should stand here`, place, isWanted);
    }
    tree.add(leafHash(leaf));
    if (since?.size === index + 1 && !sameHash(tree.root(), since.root)) {
      throw inconsistent(since, "the leaves up to there give another root");
    }
  }

  function takeProven(leaf: Uint8Array, index: number, place: Place, proof: unknown): void {
    const path = pathOf(proof);
    const root = path && inclusionRoot(leafHash(leaf), index, checkpoint.size, path);
    if (!root) throw new Wrong("bad proof", `it is no proof for leaf ${index} of ${checkpoint.size}`, place);
    if (sameHash(root, checkpoint.root)) return;
    throw new Wrong(
      "altered event",
      "with its salt and its proof it is not what the checkpoint covers",
      place,
    );
  }

  return {
    take: (leaf, text, place, proof) => {
      const index = decimal(text) ?? checkpoint.size;
      if (index >= checkpoint.size) throw new Wrong("extra event", "the checkpoint does not cover it", place);
      if (index === last) throw new Wrong("extra event", `leaf ${index} stands here twice`, place);
      if (index < last) throw new Wrong("wrong order", `leaf ${index} comes after leaf ${last}`, place);
      if (isAll) takeNext(leaf, index, place);
      else takeProven(leaf, index, place, proof);
      last = index;
    },
    end: () => {
      if (!isAll) return;
      const missing = `${checkpoint.size - tree.size()} of ${checkpoint.size} leaves are missing at the end`;
      if (tree.size() < checkpoint.size) throw new Wrong("missing event", missing);
      if (sameHash(tree.root(), checkpoint.root)) return;
      throw new Wrong("altered event", "one or more of them: the leaves do not give the checkpoint's root");
    },
  };
}

const inconsistent = ({ size }: Pick<Checkpoint, "size">, why: string): Wrong =>
  new Wrong("not consistent", `with the checkpoint of size ${size} that was given: ${why}`);
