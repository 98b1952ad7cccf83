// States of long runs in files, so that a log need not be read from its beginning.

export { fileSnapshots } from "./file-snapshots.ts";
