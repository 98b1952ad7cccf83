"""What a script is made of, and whether how it ended is a success: the same in every interpreter."""

from . import failures, values


def source(job, root):
    """A file's bytes as they are, since its first lines may name their encoding."""
    if "code" in job:
        failures.remember_source(job["name"], job["code"])
        return job["code"]
    with open(root + job["file"], "rb") as file:
        text = file.read()
    failures.remember_source(job["name"], text.decode("utf-8", "replace"))
    return text


def is_success(error):
    if type(error) is not SystemExit:
        return False
    return error.code is None or (type(error.code) in (int, bool) and error.code == 0)


def answer(value, limit):
    """JSON text of a result, or of what keeps it from being one."""
    try:
        return '{"kind":"value","result":' + values.json_text(value, limit) + "}"
    except values.Unfit as unfit:
        where, reason = values.place(unfit.steps), unfit.reason
    except BaseException as error:
        where, reason = "result", "cannot be converted: " + values.type_name(error)
    return values.encode({"kind": "unfit", "place": where, "reason": reason})
