// The table of docs/stored-format.md, drawn from the schemas that the code reads and writes by.
import { z } from "zod";
import { Metadata, RunEvent, schemaVersion } from "../../src/domain/index.ts";

type Shape = Readonly<Record<string, z.core.$ZodType>>;

const isOptional = (schema: z.core.$ZodType): boolean => schema instanceof z.ZodExactOptional;
const inner = (schema: z.core.$ZodType): z.core.$ZodType =>
  schema instanceof z.ZodExactOptional ? schema.unwrap() : schema;

const fields = (shape: Shape): string =>
  Object.entries(shape)
    .map(([name, schema]) => `${name}${isOptional(schema) ? "?" : ""}${kindOf(inner(schema))}`)
    .join(", ");

/** What is inside a field, where that is more than one word, number or instant. */
function kindOf(schema: z.core.$ZodType): string {
  if (schema instanceof z.ZodObject) return ` {${fields(schema.shape)}}`;
  if (schema instanceof z.ZodArray) return `[]${kindOf(schema.element)}`;
  if (schema instanceof z.ZodEnum) return `: ${schema.options.join("·")}`;
  if (schema instanceof z.ZodUnion)
    return ` = ${schema.options.map((one) => kindOf(one).trim()).join(" or ")}`;
  return "";
}

const code = (text: string): string => (text === "" ? "" : `\`${text}\``);

function row(option: (typeof RunEvent.options)[number]): string {
  const type = option.shape.type.value;
  const { values, sealed: _, ...control } = option.shape.data.shape;
  const shape = z.record(z.string(), z.instanceof(z.ZodType)).parse(values.unwrap().meta()?.members);
  return `| ${type} ${schemaVersion(type)} | ${code(fields(control))} | ${code(fields(shape))} |`;
}

export const eventTable = (): string =>
  ["| type, version | control fields | values |", "|---|---|---|", ...RunEvent.options.map(row)].join("\n");

export const metadataLine = (): string => code(fields(Metadata.shape));
