// A server of Gleitzeit, from outside: a typed client for programs, and what the command line asks one with `--server`.

export { type Client, type ClientOptions, gleitzeitClient } from "./client.ts";
export type { FollowedEvent } from "./followed.ts";
export type { components, operations, paths } from "./openapi.gen.ts";
