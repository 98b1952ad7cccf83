if context["count"] == 0:
    raise ValueError("nothing to knead")
result = context["count"] * 10
