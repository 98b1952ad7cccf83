export { processGroups } from "./process-groups.ts";
