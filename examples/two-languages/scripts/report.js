const { place, figures, readings } = context;
const peak = readings.find(({ level }) => level === figures.highest);
const range = (figures.highest - figures.lowest).toFixed(2);

for (const { time, level } of readings) {
  console.log(`${time} ${"▇".repeat(Math.round(level * 4))} ${level.toFixed(2)} m`);
}
result = `${place}: high water ${figures.highest.toFixed(2)} m at ${peak.time}, range ${range} m`;
