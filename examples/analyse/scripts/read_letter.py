"""Reads one letter and says what is in it."""
from pathlib import Path

from words import mood_of, most_frequent, words_in

path = Path(context["file_path"])
text = path.read_text(encoding="utf-8")
words = words_in(text)
print(f"{path.name}: {len(words)} words")
result = {
    "season": path.stem,
    "words": len(words),
    "sentences": sum(text.count(mark) for mark in ".!?"),
    "longest": max(sorted(words), key=len),
    "frequent": most_frequent(words, 3),
    "mood": mood_of(words),
}
