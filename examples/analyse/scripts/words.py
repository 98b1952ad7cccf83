"""What both scripts know about words."""
import re
from collections import Counter

DULL = set(
    "a again all always and any are as at be been but by come could dear every for from had has have he her his how i "
    "if in is it its me more must my no nor not of off on one or our out she so that the their them then there they "
    "this to too up us was we were what when which who will with would you your anselm ilse".split()
)
BRIGHT = set("bright calm clear golden good happy kind laughed laughing light music quiet sang song sun sunny warm welcome".split())
DARK = set("alone bitter black cold dark fog gale grey ice lost night rain snow storm storms tired wind".split())


def words_in(text):
    return re.findall(r"[a-z]+(?:'[a-z]+)?", text.lower())


def most_frequent(words, count):
    counts = Counter(word for word in words if word not in DULL)
    ranked = sorted(counts.items(), key=lambda item: (-item[1], -len(item[0]), item[0]))
    return [[word, number] for word, number in ranked[:count]]


def mood_of(words):
    """From -1, all dark, to 1, all bright."""
    bright = sum(word in BRIGHT for word in words)
    dark = sum(word in DARK for word in words)
    return 0 if bright + dark == 0 else round((bright - dark) / (bright + dark), 2)
