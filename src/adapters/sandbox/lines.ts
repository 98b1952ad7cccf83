/** Splits a stream of bytes into lines of text, none longer than `maxBytes`. */
export function lineReader(maxBytes: number, onLine: (line: string) => void, onTooLong: () => void) {
  let parts: Uint8Array[] = [];
  let length = 0;

  const take = (part: Uint8Array): boolean => {
    length += part.length;
    if (length > maxBytes) return false;
    parts.push(part);
    return true;
  };

  return (bytes: Uint8Array): void => {
    let from = 0;
    for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10, from)) {
      if (!take(bytes.subarray(from, end))) return onTooLong();
      const line = Buffer.concat(parts).toString("utf8");
      parts = [];
      length = 0;
      from = end + 1;
      onLine(line);
    }
    if (!take(bytes.subarray(from))) onTooLong();
  };
}
