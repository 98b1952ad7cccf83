// How an event type is declared: its control fields, readable for ever, and its values, which may be sealed or erased.
import { z } from "zod";
import { isObject } from "../json.ts";
import { BlobRef } from "./parts.ts";

/** What stands instead of `values` when the run is encrypted. */
const Sealed = z.object({
  v: z.int(),
  keyId: z.string(),
  nonce: z.string(),
  ciphertext: z.string(),
  /** Those that the values refer to: a hash over what is sealed tells nothing, and who has no key keeps them all the same. */
  blobs: z.array(BlobRef).exactOptional(),
});

/**
 * Checked for being an object only: a member may be a blob reference, or gone, and whoever opens values
 * has to look at them anyway. The shape is what writers are held to by the compiler.
 */
const valuesOf = <V extends z.ZodRawShape>(members: V) =>
  z
    .custom<z.infer<z.ZodObject<V>>>((value) => isObject(value), { error: "values must be an object" })
    .meta({ members });

/**
 * `data` = control fields + `values` (or `sealed`, or neither once erased). A reader keeps fields it
 * does not know; a type or version that it does not know is refused by the codec.
 */
export const event = <T extends string, C extends z.ZodRawShape, V extends z.ZodRawShape>(
  type: T,
  control: C,
  values: V,
) =>
  z.object({
    type: z.literal(type),
    data: z.object({
      ...control,
      values: valuesOf(values).exactOptional(),
      sealed: Sealed.exactOptional(),
    }),
  });
