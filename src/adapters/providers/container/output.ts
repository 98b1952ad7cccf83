// What a program writes, as it comes: passed on to whoever watches, kept within its limit, stopped when it is a flood.
// What follows the mark is the archive of what was collected.
import { StringDecoder } from "node:string_decoder";
import type { CallContext, Evidence } from "../../../engine/ports/index.ts";

export type OutputLimits = {
  /** Of stdout and stderr each. */
  readonly keepBytes: number;
  /** Of all that is written. */
  readonly floodBytes: number;
  readonly archiveBytes: number;
};

type Stream = "stdout" | "stderr";

export function output(
  limits: OutputLimits,
  mark: string | undefined,
  emit: CallContext["emit"],
  onFlood: () => void,
) {
  const streams = { stdout: kept(limits.keepBytes), stderr: kept(limits.keepBytes) };
  const archive: Uint8Array[] = [];
  let archived = 0;
  let total = 0;
  let carried = Buffer.alloc(0);
  let isMarked = false;

  function print(stream: Stream, bytes: Uint8Array): void {
    total += bytes.length;
    if (total > limits.floodBytes) return onFlood();
    const text = streams[stream].take(bytes);
    if (text !== "") emit({ kind: stream, text });
  }

  function store(bytes: Uint8Array): void {
    archived += bytes.length;
    if (archived > limits.archiveBytes) return onFlood();
    archive.push(bytes);
  }

  function stdout(bytes: Uint8Array): void {
    if (mark === undefined) return print("stdout", bytes);
    if (isMarked) return store(bytes);
    const all = Buffer.concat([carried, bytes]);
    const at = all.indexOf(mark);
    isMarked = at >= 0;
    const end = isMarked ? at : Math.max(0, all.length - mark.length + 1);
    if (end > 0) print("stdout", all.subarray(0, end));
    carried = isMarked ? Buffer.alloc(0) : all.subarray(end);
    if (isMarked) store(all.subarray(at + mark.length));
  }

  return {
    stdout,
    stderr: (bytes: Uint8Array) => print("stderr", bytes),
    /** When the program has ended. */
    end() {
      if (carried.length > 0) print("stdout", carried);
      carried = Buffer.alloc(0);
    },
    text: (stream: Stream) => streams[stream].text(),
    /** Undefined where the mark never came. */
    archive: () => (isMarked ? Buffer.concat(archive) : undefined),
    isArchiveTooLarge: () => archived > limits.archiveBytes,
    isTruncated: () => streams.stdout.isTruncated() || streams.stderr.isTruncated(),
    evidence(): Evidence {
      const [stdoutText, stderrText] = [streams.stdout.text(), streams.stderr.text()];
      const isCut = total > limits.floodBytes || streams.stdout.isTruncated() || streams.stderr.isTruncated();
      return {
        ...(stdoutText !== "" && { stdout: stdoutText }),
        ...(stderrText !== "" && { stderr: stderrText }),
        ...(isCut && { truncated: true }),
      };
    },
  };
}

function kept(most: number) {
  const decoder = new StringDecoder("utf8");
  let text = "";
  let room = most;
  let isTruncated = false;
  return {
    /** The text of it that is kept. */
    take(bytes: Uint8Array): string {
      isTruncated ||= bytes.length > room;
      if (room === 0) return "";
      const part = decoder.write(Buffer.from(bytes.subarray(0, room)));
      room = Math.max(0, room - bytes.length);
      text += part;
      return part;
    },
    text: () => text,
    isTruncated: () => isTruncated,
  };
}
