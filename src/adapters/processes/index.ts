// Programs beside us, in groups that end when they must, also when we are killed.

export { processGroups } from "./process-groups.ts";
