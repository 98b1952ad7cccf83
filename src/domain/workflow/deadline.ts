// `deadline` and the `timezone` of instants that are written without an offset.
import type { Millis } from "../instant.ts";
import type { JsonObject } from "../json.ts";
import { described } from "./described.ts";
import type { Definition } from "./document.ts";
import type { Report } from "./problems.ts";
import { writtenInstant, type Zones } from "./written-instant.ts";

export function checkDeadline({ deadline, timezone }: JsonObject, zones: Zones, report: Report): void {
  const zone = typeof timezone === "string" ? timezone : undefined;
  const isKnown = zone === undefined || zones.at("2026-01-01T00:00:00.000", zone) !== undefined;
  if (!isKnown) {
    const message = `\`timezone\` ${described(timezone)} is not known: write one such as Europe/Berlin`;
    report({ code: "WORKFLOW_VALIDATION_FAILED", message, path: ["timezone"] });
  }
  if (typeof deadline !== "string" || !isKnown) return;
  const instant = writtenInstant(deadline, zone, zones);
  if (instant.ok) return;
  report({
    code: "WORKFLOW_VALIDATION_FAILED",
    message: `\`deadline\`: ${instant.message}`,
    path: ["deadline"],
  });
}

/** Of a definition that was validated. */
export function deadlineOf({ deadline, timezone }: Definition, zones: Zones): Millis | undefined {
  if (deadline === undefined) return undefined;
  const instant = writtenInstant(deadline, timezone, zones);
  if (!instant.ok) throw new Error(`a validated definition holds a bad deadline: ${instant.message}`);
  return instant.at;
}
