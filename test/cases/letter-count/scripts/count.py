import glob
import sys

from counting.words import words_of

with open(sys.argv[1], encoding="utf-8") as letter:
    first = words_of(letter.read())
everything = []
for path in sorted(glob.glob("letters/*.txt")):
    with open(path, encoding="utf-8") as letter:
        everything += words_of(letter.read())
print(len(first), "words in the first of", len(glob.glob("letters/*.txt")))
result = {
    "first": len(first),
    "total": len([word for word in everything if len(word) >= context["smallest"]]),
    "longest": max(everything, key=len),
}
