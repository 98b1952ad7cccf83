// The tools of the built-in MCP server. Knows nothing of MCP, so that validation does not load it.
import { z } from "zod";
import { type Tools, tool } from "./tool.ts";

/** What a reference brings in may be a number; where text is wanted, it stands as it is written. */
const Text = z.union([z.string(), z.number(), z.boolean()]);

const Operands = z.strictObject({ a: z.number(), b: z.number() });
const Calculation = z.strictObject({ response: z.string(), result: z.number(), calculation: z.string() });

function calculation(a: number, sign: string, b: number, result: number) {
  return { response: String(result), result, calculation: `${a} ${sign} ${b} = ${result}` };
}

export const builtinTools: Tools = {
  echo: tool({
    description: "Gives back the message and its length in code points.",
    input: z.strictObject({ message: Text }),
    output: z.strictObject({ response: z.string(), echoed: z.literal(true), length: z.int() }),
    examples: [{ message: "Good morning" }],
    run: ({ message }) => {
      const response = String(message);
      return { response, echoed: true, length: [...response].length };
    },
  }),
  add: tool({
    description: "Adds two numbers.",
    input: Operands,
    output: Calculation,
    examples: [{ a: 60, b: 40 }],
    run: ({ a, b }) => calculation(a, "+", b, a + b),
  }),
  multiply: tool({
    description: "Multiplies two numbers.",
    input: Operands,
    output: Calculation,
    examples: [{ a: 6, b: 7 }],
    run: ({ a, b }) => calculation(a, "*", b, a * b),
  }),
  concat: tool({
    description: "Joins texts with a separator.",
    input: z.strictObject({ strings: z.array(Text), separator: z.string().default(" ") }),
    output: z.strictObject({
      response: z.string(),
      joined: z.literal(true),
      count: z.int(),
      result: z.string(),
    }),
    examples: [{ strings: ["Sum was 100", "Product is 200"], separator: " | " }, { strings: ["a", "b"] }],
    run: ({ strings, separator }) => {
      const text = strings.join(separator);
      return { response: text, joined: true, count: strings.length, result: text };
    },
  }),
};
