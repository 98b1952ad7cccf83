// What `doctor` looks at.

export { type Checkup, checkups, type Examined } from "./checkups.ts";
