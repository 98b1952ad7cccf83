// Preloaded into a process (NODE_OPTIONS): its wall clock stands apart from the machine's by SET_CLOCK milliseconds, and after
// SIGUSR2 by SET_CLOCK_TO, as when somebody sets it. What is measured with a steady clock is not touched.
import process from "node:process";

const Real = Date;
const real = Date.now;
let offset = Number(process.env.SET_CLOCK ?? 0);
Real.now = () => real() + offset;
globalThis.Date = new Proxy(Real, {
  construct: (target, args, made) =>
    Reflect.construct(target, args.length === 0 ? [target.now()] : args, made),
  apply: (target) => new target(target.now()).toString(),
});
process.on("SIGUSR2", () => {
  offset = Number(process.env.SET_CLOCK_TO ?? 0);
  process.stderr.write(`clock: ${offset}\n`);
});
