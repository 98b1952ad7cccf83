// Who may do what over HTTP: keys, roles, one table of permissions, and the events of all that.

export {
  ACCESS_EVENT_VERSION,
  type AccessEvent,
  accessStream,
  type Denial,
  KeyEvent,
  KeyId,
  keyOfStream,
  keyStream,
  keysOf,
  type PayloadRead,
  readAccessEvent,
  readKeyEvent,
} from "./access-events.ts";
export { evolveKey, hashesThatCount, isOver, type Key } from "./key.ts";
export { isAllowed, type Permission, ROLES, type Role } from "./policy.ts";
