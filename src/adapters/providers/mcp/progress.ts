// What a server says of a call under way, as a line for whoever watches.

type Progress = {
  readonly progress: number;
  readonly total?: number | undefined;
  readonly message?: string | undefined;
};

export function progressText({ progress, total, message }: Progress): string {
  const count = total === undefined ? String(progress) : `${progress}/${total}`;
  return message === undefined || message === "" ? count : `${count} ${message}`;
}
