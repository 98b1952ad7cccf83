// `{type: http}`: a server that documents reach by paths, with what it is told in the configuration.
import { z } from "zod";
import { Duration } from "./duration.ts";
import { placesKeys } from "./server-settings.ts";

export const httpServer = (Address: z.ZodString) =>
  z
    .strictObject({
      type: z
        .literal("http")
        .describe("A server that `http/request` reaches by paths; its address is trusted."),
      url: Address.exactOptional().describe("Where its paths begin."),
      ...placesKeys(Address),
      timeout: Duration.exactOptional().describe(
        "Of a call that says none; the task's own timeout holds too.",
      ),
      health_path: z
        .string()
        .regex(/^\/(?!\/)[^\\\s]*$/, { error: "expected a path such as /healthz" })
        .exactOptional()
        .describe("Asked for a health check: 200 to 299 is healthy. Nobody asks without it."),
    })
    .refine(({ url, instances }) => (url === undefined) !== (instances === undefined), {
      error: "expected either `url` or `instances`",
      path: ["url"],
    });

export type HttpSettings = z.infer<ReturnType<typeof httpServer>>;
