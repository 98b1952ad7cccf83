export { type CommandSandboxOptions, commandSandbox } from "./command-sandbox.ts";
export { hostProgram } from "./host-program.ts";
export { type SandboxOptions, sandbox } from "./sandbox.ts";
