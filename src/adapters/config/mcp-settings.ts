// `{type: mcp}`: a server of the Model Context Protocol, a program of one's own or an address.
import { z } from "zod";

const SECRETS =
  "`${secret.NAME}` in it is the secret NAME, or the environment variable NAME, read when the server is reached.";

const VariableName = z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, { error: "not the name of a variable" });
const HeaderName = z
  .string()
  .regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,256}$/, { error: "not the name of a header" });

const OF_PROGRAMS = ["args", "env", "cwd"] as const;

export const mcpServer = (Address: z.ZodString) =>
  z
    .strictObject({
      type: z.literal("mcp").describe("A server of the Model Context Protocol: a program, or an address."),
      command: z
        .string()
        .min(1)
        .exactOptional()
        .describe("The program, started when it is first called; never through a shell."),
      args: z.array(z.string()).exactOptional().describe("Its arguments, each as it stands."),
      env: z
        .record(VariableName, z.string())
        .exactOptional()
        .describe(`Its environment, beside PATH and HOME: nothing else is passed on. ${SECRETS}`),
      cwd: z
        .string()
        .min(1)
        .exactOptional()
        .describe("Its working folder, from the configuration's; that one when left out."),
      url: Address.exactOptional().describe("Of a server over streamable HTTP, instead of a program."),
      headers: z
        .record(HeaderName, z.string())
        .exactOptional()
        .describe(`Sent with every request to it. ${SECRETS}`),
    })
    .superRefine((settings, context) => {
      const say = (message: string, path: string): void =>
        context.addIssue({ code: "custom", message, path: [path] });
      if ((settings.command === undefined) === (settings.url === undefined))
        say("expected either `command` or `url`", "command");
      if (settings.command === undefined)
        for (const key of OF_PROGRAMS) if (settings[key]) say("stands beside `command` only", key);
      if (settings.url === undefined && settings.headers) say("stands beside `url` only", "headers");
    });

export type McpSettings = z.infer<ReturnType<typeof mcpServer>>;
