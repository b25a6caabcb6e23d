"""The one way to say no."""


class Refused(Exception):
    """An action that a rule does not allow, with the reason as the reader shall see it.

    ``field`` names the form field the reason belongs to, or is empty for the whole form. The
    reason may be a lazily translated string; it is turned into text when it is shown.
    """

    def __init__(self, reason: object, *, field: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.field = field

    def __str__(self) -> str:
        return str(self.reason)


class NotAllowed(Refused):
    """A refusal for who asks, not for what is asked: the roles do not allow it here."""
