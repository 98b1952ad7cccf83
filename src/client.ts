// A server of Gleitzeit, from programs: `import { gleitzeitClient } from "gleitzeit/client"`.
export {
  type Client,
  type ClientOptions,
  type components,
  type FollowedEvent,
  gleitzeitClient,
  type operations,
  type paths,
} from "./adapters/client/index.ts";
