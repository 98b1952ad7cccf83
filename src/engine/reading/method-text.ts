/** As documents write it: `python/execute`. */
export const methodText = ({
  protocol,
  method,
}: {
  readonly protocol: string;
  readonly method: string;
}): string => `${protocol.replace(/\/v\d+$/, "")}/${method}`;
