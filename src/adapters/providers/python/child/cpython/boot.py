"""Loads what is handed over as text: nothing of it lies where the interpreter does."""

import json
import sys
import types

package = types.ModuleType("_gleitzeit")
package.__path__ = []
sys.modules["_gleitzeit"] = package
for name, source in json.loads(sys.argv[1]):
    module = types.ModuleType("_gleitzeit." + name)
    module.__package__ = "_gleitzeit"
    sys.modules[module.__name__] = module
    exec(compile(source, "_gleitzeit/" + name + ".py", "exec"), vars(module))
    setattr(package, name, module)
del sys.argv[1:]
package.serve.serve()
