import { z } from "zod";
import { Config } from "./schema.ts";

/** Of configuration files, for editors. */
export const configJsonSchema = (): object => ({
  ...z.toJSONSchema(Config, { io: "input" }),
  title: "Configuration of Gleitzeit",
});
