"""Brings the letters together in a table."""
letters = context["letters"]
longest = max(letter["words"] for letter in letters)
width = 16


def bar(words):
    return ("█" * round(width * words / longest)).ljust(width)


def face(mood):
    filled = round((mood + 1) * 4)
    return "☀" * filled + "·" * (8 - filled)


minutes = round(context["words"] / context["words_per_minute"], 1)
lines = [f"{'season':8}  {'words':>5}  {'':{width}}  {'mood':8}  most often"]
for letter in letters:
    often = ", ".join(word if count == 1 else f"{word} ×{count}" for word, count in letter["frequent"])
    lines.append(
        f"{letter['season']:8}  {letter['words']:>5}  {bar(letter['words'])}  {face(letter['mood'])}  {often}"
    )
brightest = max(letters, key=lambda letter: letter["mood"])
darkest = min(letters, key=lambda letter: letter["mood"])
lines += [
    "",
    f"{context['words']} words, {sum(letter['sentences'] for letter in letters)} sentences; "
    f"brightest in {brightest['season']}, darkest in {darkest['season']}.",
    "The longest word: " + max((letter["longest"] for letter in letters), key=len),
]
result = {"text": "\n".join(lines), "minutes": minutes, "brightest": brightest["season"]}
