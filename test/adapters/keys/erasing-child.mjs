// Adds one line to the list of erasures given. Started by erasure-list.test.ts with a limit to the size of files, which the
// operating system ends it for, in the middle of its write.
import { erasureList } from "../../../dist/adapters/keys/index.js";

const [file, keyId] = process.argv.slice(2);
const warn = (message) => process.stdout.write(`${message}\n`);
const list = erasureList({ file, exclusively: (_, work) => work(), warn });
await list.add({ tenant: "main", subject: "s", keyId });
process.stdout.write("added\n");
