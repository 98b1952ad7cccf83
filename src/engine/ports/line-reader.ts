export type TakeBytes = (bytes: Uint8Array) => void;

const utf8 = new TextDecoder("utf-8", { ignoreBOM: true });

/** Splits a stream of bytes into lines of text, none longer than `maxBytes`. */
export function lineReader(
  maxBytes: number,
  onLine: (line: string) => void,
  onTooLong: () => void,
): TakeBytes {
  let parts: Uint8Array[] = [];
  let length = 0;

  const take = (part: Uint8Array): boolean => {
    length += part.length;
    if (length > maxBytes) return false;
    parts.push(part);
    return true;
  };

  return (bytes) => {
    let from = 0;
    for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10, from)) {
      if (!take(bytes.subarray(from, end))) return onTooLong();
      const line = utf8.decode(joined(parts, length));
      parts = [];
      length = 0;
      from = end + 1;
      onLine(line);
    }
    if (!take(bytes.subarray(from))) onTooLong();
  };
}

function joined(parts: readonly Uint8Array[], length: number): Uint8Array {
  const [first] = parts;
  if (first && parts.length === 1) return first;
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
