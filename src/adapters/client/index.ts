export { type Client, type ClientOptions, gleitzeitClient } from "./client.ts";
export type { FollowedEvent } from "./followed.ts";
export type { components, operations, paths } from "./openapi.gen.ts";
