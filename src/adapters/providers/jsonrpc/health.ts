import { z } from "zod";

/** As the provider protocol has it. */
export const SaidHealth = z.looseObject({
  status: z.enum(["healthy", "degraded", "unhealthy"]),
  detail: z.string().optional(),
});
