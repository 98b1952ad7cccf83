// A program beside us that outlives us by a moment: when we end without having ended what we started, killed with -9 for
// instance, it does so.
import { spawn } from "node:child_process";

export type Guard = {
  readonly watch: (group: number) => void;
  readonly forget: (group: number) => void;
  readonly end: () => void;
};

/** Reads `+ GROUP` and `- GROUP`. The end of its input is our end, and then whoever is left is killed. Nothing is put into it. */
const SCRIPT = `
left=' '
while read -r what group; do
  case $what in
    +) left="$left$group " ;;
    -) left="\${left%% $group *} \${left#* $group }" ;;
  esac
done
for group in $left; do kill -9 "-$group" 2>/dev/null; done
`;

/** In a session of its own, so that no Ctrl-C reaches it. Where it cannot be started, programs end as they notice. */
export function guard(): Guard {
  const child = spawn("/bin/sh", ["-c", SCRIPT], {
    cwd: "/",
    env: {},
    detached: true,
    stdio: ["pipe", "ignore", "ignore"],
  });
  child.on("error", () => child.stdin.destroy());
  child.stdin.on("error", () => child.stdin.destroy());
  child.unref();
  const tell = (line: string): void => {
    if (child.stdin.writable) child.stdin.write(line);
  };
  return {
    watch: (group) => tell(`+ ${group}\n`),
    forget: (group) => tell(`- ${group}\n`),
    end: () => void child.stdin.end(),
  };
}
