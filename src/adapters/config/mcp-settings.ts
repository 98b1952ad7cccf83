// `{type: mcp}`: a server of the Model Context Protocol, a program of one's own or an address.
import { z } from "zod";
import { reachKeys, reachProblems, StartTimeout } from "./server-settings.ts";

export const mcpServer = (Address: z.ZodString) =>
  z
    .strictObject({
      type: z.literal("mcp").describe("A server of the Model Context Protocol: a program, or an address."),
      ...reachKeys(Address, "Of a server over streamable HTTP, instead of a program."),
      start_timeout: StartTimeout,
    })
    .superRefine((settings, context) => {
      for (const [key, message] of reachProblems(settings))
        context.addIssue({ code: "custom", message, path: [key] });
    });

export type McpSettings = z.infer<ReturnType<typeof mcpServer>>;
