export { accessLog } from "./access-log.ts";
export { type Denials, type Denied, denials } from "./denials.ts";
export { type Doorkeeper, doorkeeper } from "./doorkeeper.ts";
export { keyring } from "./keyring.ts";
export { payloadReads } from "./payload-reads.ts";
