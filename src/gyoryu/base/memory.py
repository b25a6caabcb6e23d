"""How a process that serves for long looks after its memory."""

import gc

# Objects made before the young are looked through, and how often older ones are in their turn.
YOUNG, MIDDLE, OLD = 20_000, 20, 100


def keep_what_is_loaded() -> None:
    """Leave out of every later collection what is there now: code, models, templates, texts.

    It stays as long as the process does. To look through it again, as Python does every few dozen
    pages, holds up the page that happens to be drawn for a tenth of a second and more.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, MIDDLE, OLD)
