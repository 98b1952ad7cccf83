// Who may come in over HTTP, and what of that is on record: keys, refusals, and who was given a person's data.

export { accessLog } from "./access-log.ts";
export { type Denials, type Denied, denials } from "./denials.ts";
export { type Doorkeeper, doorkeeper } from "./doorkeeper.ts";
export { keyring } from "./keyring.ts";
export { payloadReads } from "./payload-reads.ts";
