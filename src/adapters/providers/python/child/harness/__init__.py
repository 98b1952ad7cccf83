"""What runs inside the interpreter, around a user's script. Loaded once, before the memory snapshot is taken."""
