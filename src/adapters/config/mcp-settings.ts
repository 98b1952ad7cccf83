// `{type: mcp}`: a server of the Model Context Protocol, a program of one's own or an address.
import { z } from "zod";
import { type PlacesSettings, reachKeys, reachProblems, StartTimeout } from "./server-settings.ts";

export const mcpServer = (Address: z.ZodString) =>
  z
    .strictObject({
      type: z.literal("mcp").describe("A server of the Model Context Protocol: a program, or an address."),
      ...reachKeys(Address, "Of a server over streamable HTTP, instead of a program."),
      start_timeout: StartTimeout,
      tools_dir: z
        .string()
        .min(1)
        .exactOptional()
        .describe(
          "Instead of both: a folder, from the configuration's, in which every Python or JavaScript function is a tool, called in the sandbox.",
        ),
    })
    .superRefine((settings, context) => {
      for (const [key, message] of problemsOf(settings))
        context.addIssue({ code: "custom", message, path: [key] });
    });

type Settings = PlacesSettings & { readonly tools_dir?: string; readonly start_timeout?: unknown };

function problemsOf({ tools_dir, ...rest }: Settings): readonly (readonly [key: string, message: string])[] {
  if (tools_dir === undefined) {
    const isNowhere = (rest.command ?? rest.url ?? rest.instances) === undefined;
    return isNowhere
      ? [["command", "expected one of `command`, `url` and `tools_dir`"]]
      : reachProblems(rest);
  }
  return Object.entries(rest)
    .filter(([key, value]) => key !== "type" && value !== undefined)
    .map(([key]) => [key, "does not stand beside `tools_dir`"]);
}

export type McpSettings = z.infer<ReturnType<typeof mcpServer>>;
