"""What the history knows: the entries of a record, and whether the chain is whole."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, QuerySet

from gyoryu.history import chain
from gyoryu.history.models import Entry, Head, Seal


@dataclass(frozen=True)
class Fault:
    """A break of the chain: ``kind`` is changed, removed, inserted, seal or end; ``number`` names the row."""

    kind: str
    number: int
    what: str = ""


def of_record(record: Model) -> QuerySet[Entry]:
    """Return the entries of one record, newest first."""
    model = ContentType.objects.get_for_model(record)
    return Entry.objects.filter(model=model, record=record.pk).select_related("by")


def faults() -> Iterator[Fault]:
    """Go through the whole chain and yield every break of it."""
    digest, number = chain.START, 0
    for seal in Seal.objects.order_by("number").iterator(chunk_size=200):
        number += 1
        if seal.number != number:
            yield Fault("removed", seal.number - 1, "seal")
        yield from _faults_of(seal, digest)
        digest, number = seal.digest, seal.number
    head = Head.objects.filter(pk=1).first() or Head()
    if (head.number, head.digest) != (number, digest):
        yield Fault("end", head.number)
    for entry in Entry.objects.filter(seal=None).order_by("pk").iterator(chunk_size=2000):
        if not _genuine(entry):
            yield Fault("inserted", entry.pk, entry.verb)


def _faults_of(seal: Seal, previous: str) -> Iterator[Fault]:
    wanted = chain.unpack(seal.entries)
    found = {entry.pk: entry for entry in Entry.objects.filter(seal=seal)}
    for pk in wanted:
        if pk not in found:
            yield Fault("removed", pk)
        elif not _genuine(found[pk]):
            yield Fault("changed", pk, found[pk].verb)
    for pk in sorted(found.keys() - set(wanted)):
        yield Fault("inserted", pk, found[pk].verb)
    digests = [found[pk].digest for pk in wanted if pk in found]
    if len(digests) == len(wanted) and seal.digest != chain.seal_digest(
        previous, seal.number, seal.entries, digests, settings.HISTORY_KEY
    ):
        yield Fault("seal", seal.number)


def _genuine(entry: Entry) -> bool:
    return entry.digest == chain.entry_digest(entry.said(), settings.HISTORY_KEY)
