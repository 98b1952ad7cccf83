// Which entry of a list of methods answers to a name: the name itself, else its family (`tool.*`), else `*`.

export function methodNamed<T>(methods: Readonly<Record<string, T>>, name: string): T | undefined {
  const family = /^[^.]+\./.exec(name)?.[0];
  const keys = [name, ...(family === undefined ? [] : [`${family}*`]), "*"];
  return keys.flatMap((key) => (Object.hasOwn(methods, key) ? (methods[key] ?? []) : []))[0];
}
