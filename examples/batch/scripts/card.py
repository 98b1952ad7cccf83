"""Turns a recipe into a card: title, ingredients for the wanted number of people, number of steps."""
import re

with open(context["file_path"], encoding="utf-8") as recipe:
    lines = [line.strip() for line in recipe if line.strip()]

title, serves = re.fullmatch(r"(.+) \(for (\d+)\)", lines[0]).groups()
scale = context["servings"] / int(serves)
ingredients = [re.fullmatch(r"- ([\d.]+) (.+)", line) for line in lines if line.startswith("- ")]
result = {
    "title": title,
    "ingredients": [f"{float(amount) * scale:g} {what}" for amount, what in (match.groups() for match in ingredients)],
    "steps": len([line for line in lines if re.match(r"\d+\.", line)]),
}
print(f"{title}: {len(result['ingredients'])} ingredients")
