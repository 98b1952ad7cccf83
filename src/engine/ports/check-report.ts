// What a check of a provider found, wherever it was looked for.

/** Undefined: the promise is kept. */
export type Finding = { readonly failed: string } | { readonly skipped: string } | undefined;

export type Checked = { readonly name: string; readonly promise: string; readonly remedy: string };

export type CheckReport = {
  readonly name: string;
  readonly promise: string;
  readonly status: "passed" | "failed" | "skipped";
  /** What was found instead, or why it was not looked for. */
  readonly detail?: string;
  readonly remedy?: string;
};

export function checkReport({ name, promise, remedy }: Checked, finding: Finding): CheckReport {
  if (!finding) return { name, promise, status: "passed" };
  return "failed" in finding
    ? { name, promise, status: "failed", detail: finding.failed, remedy }
    : { name, promise, status: "skipped", detail: finding.skipped };
}
