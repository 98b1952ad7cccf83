// What leaves the log in the forms of other programs. compose/audit/exporting.ts fills it.
import type { RunId } from "../../domain/index.ts";
import type { ExportedPart, LineFormat } from "../../engine/ports/index.ts";

/** Each export is an event of the log, recorded before anything leaves it. */
export type Exporting = {
  /** They are read as they are wanted. `since`: a signed note, whose events have left before. */
  lines(format: LineFormat, what: ExportedPart, since?: string): Promise<AsyncIterable<string>>;
  /** Everything that is held on a person of that name, in clear, a JSON document a line. RUN_NOT_FOUND for nobody. */
  heldOn(name: string): Promise<AsyncIterable<string>>;
  /** The calls of a run into a folder, from where `--play` answers them; how many there were. */
  cassette(run: RunId, children: boolean, folder: string): Promise<number>;
};
