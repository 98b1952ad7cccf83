export { fileSnapshots } from "./file-snapshots.ts";
