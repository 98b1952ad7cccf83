export { type Checkup, checkups, type Examined } from "./checkups.ts";
