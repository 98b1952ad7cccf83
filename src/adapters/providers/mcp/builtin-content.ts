// What the built-in MCP server offers besides tools: a text to read and a prompt to fill in.
import { z } from "zod";

export const ABOUT = {
  name: "about",
  uri: "builtin://about",
  description: "What this server is for.",
  mimeType: "text/plain",
  text: "The MCP server inside Gleitzeit: a few small tools that work without anything installed, for examples and tests.",
} as const;

export const SUMMARIZE = {
  name: "summarize",
  description: "Asks for a summary of a text.",
  args: { text: z.string() },
  message: (text: string): string => `Summarize in one sentence:\n\n${text}`,
} as const;
