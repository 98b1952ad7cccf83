export { type Denials, type Denied, denials } from "./denials.ts";
export { type Doorkeeper, doorkeeper } from "./doorkeeper.ts";
export { type Keyring, keyring, type NewKey, type ShownKey } from "./keyring.ts";
