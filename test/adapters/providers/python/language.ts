// Scripts of the contract, in Python.
import type { Language } from "../scripts.contract.ts";

export const pythonLanguage = (modes: readonly string[]): Language => ({
  suffix: "py",
  hangs: "while True: pass",
  says: "print('hi')\nresult = {'a': [1, None]}",
  adds: "result = context['a'] + context['b']\n",
  raises: { code: "raise ValueError('no')", name: "ValueError" },
  noNumber: { code: "result = float('nan')", name: "nan" },
  carries: "result = context['text']",
  huge: "result = 'x' * 9_000_000",
  info: { execution_modes: [...modes] },
  badParams: [
    { params: { code: "1", args: ["a", 2] }, path: "params.args[1]" },
    { params: { code: "1", execution_mode: "dokcer" }, path: "params.execution_mode" },
  ],
});
