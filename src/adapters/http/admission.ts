// So many requests for runs are taken in at a time. Who comes beyond that is told at once to come again: in a queue that only
// grows everybody would be answered too late.
import { Refused } from "./refusal.ts";

/** A server that takes a hundred runs a second answers the last of them after two and a half. */
const MOST = 256;

export type Admission = <T>(take: () => Promise<T>) => Promise<T>;

export function admission(most = MOST): Admission {
  let count = 0;
  return async (take) => {
    if (count >= most) {
      const detail = `${most} requests for runs are being taken in; try again in a moment`;
      throw new Refused({ code: "RESOURCE_EXHAUSTED", status: 503, detail, headers: { "retry-after": "1" } });
    }
    count += 1;
    try {
      return await take();
    } finally {
      count -= 1;
    }
  };
}
