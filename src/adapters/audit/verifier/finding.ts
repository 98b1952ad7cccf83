// What a verifier says when something is wrong: one thing, the first, with its place.
type Part = `${"altered" | "missing" | "extra"} ${"event" | "blob"}` | "altered line" | "wrong order";
type Kind = Part | "bad proof" | "bad signature" | "unknown key" | "not consistent" | "truncated file";
/** A line of the bundle, from 1, and the event in it: `<stream>@<revision> <id>`. */
export type Place = { readonly line?: number; readonly event?: string };
export type Finding = Place & { readonly kind: Kind | "incomplete"; readonly message: string };
/** `at`: where it is, unless in the line that is being read. `wanted`: what should stand here, and may stand further on. */
type Where = { readonly at?: Place | undefined; readonly wanted?: string };

export class Wrong extends Error {
  override readonly name = "Wrong";
  readonly kind: Finding["kind"];
  readonly where: Where;

  constructor(kind: Finding["kind"], message: string, where: Where = {}) {
    super(message);
    this.kind = kind;
    this.where = where;
  }
}
