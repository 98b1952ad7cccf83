// What makes an instance the one it is, told apart from what is said of calls to it.
import { InstanceKeys, PoolKeys } from "./pool-settings.ts";

/** Compared, never read: two that are equal are one and the same server, reached in the same way. */
export const essenceOf = (settings: object, instance: object = {}): string =>
  JSON.stringify([
    without(settings, [...Object.keys(PoolKeys), "instances"]),
    without(instance, Object.keys(InstanceKeys)),
  ]);

const without = (settings: object, keys: readonly string[]): object =>
  Object.fromEntries(Object.entries(settings).filter(([key]) => !keys.includes(key)));
