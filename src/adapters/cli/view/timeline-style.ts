// How a timeline's page looks, in light and in dark. Nothing is fetched from anywhere.
export const TIMELINE_STYLE = `
:root { color-scheme: light dark; --fg: #1c1f23; --soft: #6a737d; --line: #d8dce1; --bg: #fff; --ran: #2f855a; --failed: #c53030;
  --running: #2b6cb0; --between: #d69e2e; --place: #ecc94b; --dependency: #cbd2d9; --purpose: #805ad5; --mark: #1c1f23; }
@media (prefers-color-scheme: dark) { :root { --fg: #e6e8eb; --soft: #9aa3ad; --line: #3a4149; --bg: #16191d; --dependency: #4a525b;
  --mark: #e6e8eb; } }
body { font: 14px/1.45 system-ui, sans-serif; color: var(--fg); background: var(--bg); margin: 2rem auto; padding: 0 1rem; max-width: 1240px; }
h1 { font-size: 1.3rem; margin: 0 0 .25rem; } h2 { font-size: 1rem; margin: 2rem 0 .5rem; }
.soft { color: var(--soft); } .failed { color: var(--failed); }
.chart { overflow-x: auto; } svg text { font: 12px system-ui, sans-serif; fill: var(--fg); } svg text.soft { fill: var(--soft); }
svg text.critical { font-weight: 600; } svg .grid { stroke: var(--line); } svg .pause { fill: var(--purpose); opacity: .12; }
.ran { fill: var(--ran); } rect.failed { fill: var(--failed); } .running { fill: var(--running); } .elements { fill: var(--ran); opacity: .45; }
.between { fill: var(--between); } .place { fill: var(--place); } .dependency { fill: var(--dependency); } .purpose { fill: var(--purpose); opacity: .6; }
.spent { fill: var(--running); opacity: .7; }
svg .path { fill: none; stroke: var(--mark); stroke-width: 1.5; }
.legend { display: flex; flex-wrap: wrap; gap: .3rem 1.2rem; margin: .5rem 0; padding: 0; list-style: none; } .legend svg { vertical-align: -1px; margin-right: .35rem; }
table { border-collapse: collapse; width: 100%; } th, td { text-align: left; vertical-align: top; padding: .3rem .8rem .3rem 0; border-bottom: 1px solid var(--line); }
td.number { white-space: nowrap; } td ul { margin: 0; padding-left: 1rem; }
`;
