// Children in which users' scripts run: started locked down, pooled by run, ended in time.

export { type CommandSandboxOptions, commandSandbox } from "./command-sandbox.ts";
export { hostProgram } from "./host-program.ts";
export { type SandboxOptions, sandbox } from "./sandbox.ts";
