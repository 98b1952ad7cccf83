"""Things a script may change, each with what it was before, and the way back."""

_HEAP_TYPE, _IMMUTABLE_TYPE = 1 << 9, 1 << 8


class Members:
    """A module's names."""

    def __init__(self, members):
        self.members = members
        self.kept = dict(members)
        self.picture = _picture(members)

    def restore(self):
        if _picture(self.members) != self.picture:
            restore_members(self.members, self.kept)


class Patchable:
    """A class made in Python, of which methods can be replaced."""

    def __init__(self, cls):
        self.cls = cls
        self.kept = dict(vars(cls))
        self.picture = _picture(vars(cls))

    def restore(self):
        now = vars(self.cls)
        if _picture(now) == self.picture:
            return
        for name in [name for name in now if name not in self.kept]:
            type.__delattr__(self.cls, name)
        for name, value in self.kept.items():
            if now.get(name) is not value:
                type.__setattr__(self.cls, name, value)


class Container:
    """A list, dictionary or set that a module holds."""

    def __init__(self, container):
        self.container = container
        self.kept = container.copy()

    def restore(self):
        if self.container == self.kept:
            return
        self.container.clear()
        if type(self.kept) is list:
            self.container.extend(self.kept)
        else:
            self.container.update(self.kept)


def restore_members(members, kept):
    if members != kept:
        members.clear()
        members.update(kept)


def is_patchable(cls):
    return cls.__flags__ & _HEAP_TYPE and not cls.__flags__ & _IMMUTABLE_TYPE


def _picture(members):
    """Compared member by member, by identity first: fast enough to do it for everything after every task."""
    return (*members, *members.values())
