// Which of several a key belongs to: the same one for as long as it is there, and only its own keys move when one goes.

/** In (0, 1), from 32 bits. STABLE: processes of other versions send the same key to the same instance. */
function fractionOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  hash ^= hash >>> 16;
  return ((hash >>> 0) + 0.5) / 2 ** 32;
}

/** The best first; twice the weight draws twice the keys. */
export const drawn = (key: string, id: string, weight: number): number =>
  -weight / Math.log(fractionOf(`${id}\n${key}`));
