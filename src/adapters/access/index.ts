export { type Denials, type Denied, denials } from "./denials.ts";
export { type Doorkeeper, doorkeeper } from "./doorkeeper.ts";
export { keyring } from "./keyring.ts";
