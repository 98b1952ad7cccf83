// A file, line by line, without ever holding more of it than one line.
import { Wrong } from "./finding.ts";

export type Line = { readonly bytes: Uint8Array; readonly number: number; readonly isEnded: boolean };

/** There are no longer texts in Node. */
const LONGEST = 500_000_000;
const LF = 10;

export async function* linesOf(
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<Line, undefined, undefined> {
  let pending: Uint8Array[] = [];
  let [size, number] = [0, 1];
  for await (const chunk of chunks) {
    let start = 0;
    for (let end = chunk.indexOf(LF); end >= 0; end = chunk.indexOf(LF, start)) {
      yield { bytes: Buffer.concat([...pending, chunk.subarray(start, end)]), number, isEnded: true };
      [pending, size, number, start] = [[], 0, number + 1, end + 1];
    }
    pending.push(chunk.subarray(start));
    size += chunk.length - start;
    if (size > LONGEST) throw new Wrong("altered line", "no line is that long", { line: number });
  }
  if (size > 0) yield { bytes: Buffer.concat(pending), number, isEnded: false };
}
