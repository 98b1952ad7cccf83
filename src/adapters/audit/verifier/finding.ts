// What a verifier says when something is wrong: one thing, the first, with its place.

type Part = `${"altered" | "missing" | "extra"} ${"event" | "blob"}` | "altered line" | "wrong order";
type Proof = "bad proof" | "bad signature" | "unknown key" | "not consistent";

/** A line of the bundle, from 1, and the event in it: `<stream>@<revision> <id>`. */
export type Place = { readonly line?: number; readonly event?: string };
export type Finding = Place & {
  readonly kind: Part | Proof | "truncated file" | "incomplete";
  readonly message: string;
};

export class Wrong extends Error {
  override readonly name = "Wrong";
  readonly finding: Finding;
  /** Finds what is missing here, should it stand further on after all. */
  readonly isWanted: ((leafIndex: unknown, stream: unknown, revision: unknown) => boolean) | undefined;

  constructor(kind: Finding["kind"], message: string, place: Place = {}, isWanted?: Wrong["isWanted"]) {
    super(message);
    this.finding = { kind, message, ...place };
    this.isWanted = isWanted;
  }
}
