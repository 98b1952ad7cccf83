// Who may do what. One table: whoever adds something that can be done says here who may.

/** From the least to the most, but for the auditor, who reads everything and changes nothing. */
export const ROLES = ["viewer", "operator", "approver", "admin", "auditor"] as const;
export type Role = (typeof ROLES)[number];

const everybody: readonly Role[] = ROLES;
const operating: readonly Role[] = ["operator", "admin"];

export const POLICY = {
  "runs.read": everybody,
  "runs.submit": operating,
  "runs.steer": operating,
  "runs.signal": operating,
  "runs.decide": ["approver", "admin"],
  "runs.export": ["operator", "admin", "auditor"],
  "events.read": everybody,
  "workflows.read": everybody,
  "workflows.register": operating,
  "documents.check": everybody,
  "providers.read": everybody,
  "usage.read": everybody,
  "keys.read": ["admin", "auditor"],
  "keys.manage": ["admin"],
  "webhooks.read": ["operator", "admin", "auditor"],
  "webhooks.manage": operating,
  "metrics.read": everybody,
  "audit.read": everybody,
  "audit.entries": ["admin", "auditor"],
  "audit.sign": ["admin", "auditor"],
  "audit.trail": ["admin", "auditor"],
  "persons.read": ["admin", "auditor"],
  "persons.manage": ["admin"],
  "retention.read": ["admin", "auditor"],
  "retention.run": ["admin"],
  "configuration.read": ["admin", "auditor"],
  "settings.read": ["admin", "auditor"],
  "settings.manage": ["admin"],
} as const satisfies Readonly<Record<string, readonly Role[]>>;

export type Permission = keyof typeof POLICY;

export const isAllowed = (role: Role, permission: Permission): boolean => {
  const allowed: readonly Role[] = POLICY[permission];
  return allowed.includes(role);
};
