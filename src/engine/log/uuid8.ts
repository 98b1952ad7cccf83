import { RunId } from "../../domain/index.ts";

/** The UUID (version 8) that these 32 or more hexadecimal digits always give. */
export function uuid8(hex: string): RunId {
  const variant = "89ab"[Number.parseInt(hex.slice(16, 17), 16) % 4] ?? "8";
  const parts = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    variant + hex.slice(17, 20),
    hex.slice(20, 32),
  ];
  return RunId.parse(parts.join("-"));
}
