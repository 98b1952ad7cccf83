// Docker's way of sending two streams through one: each piece has a header of eight bytes, which names its stream
// and its length.
type Take = (bytes: Uint8Array) => void;

const HEADER = 8;
const LONGEST_PIECE = 64 * 1024 * 1024;

/** `onGarbage` is called once, where what comes is no such stream; nothing is passed on afterwards. */
export function demux(
  streams: { readonly stdout: Take; readonly stderr: Take },
  onGarbage: () => void,
): Take {
  const header = Buffer.alloc(HEADER);
  let have = 0;
  let left = 0;
  let take: Take | undefined;
  let isBroken = false;

  function begin(): void {
    have = 0;
    left = header.readUInt32BE(4);
    take = { 1: streams.stdout, 2: streams.stderr }[header.readUInt8(0)];
    if (take && left <= LONGEST_PIECE && header.readUIntBE(1, 3) === 0) return;
    isBroken = true;
    onGarbage();
  }

  return (bytes) => {
    for (let from = 0; from < bytes.length && !isBroken; ) {
      if (left > 0) {
        const piece = bytes.subarray(from, from + left);
        take?.(piece);
        left -= piece.length;
        from += piece.length;
        continue;
      }
      const part = bytes.subarray(from, from + HEADER - have);
      header.set(part, have);
      have += part.length;
      from += part.length;
      if (have === HEADER) begin();
    }
  };
}
