"""What the history knows: the entries of a record, and whether the chain is whole."""

import hmac
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Model, QuerySet

from gyoryu.history import chain
from gyoryu.history.models import Entry, Head, Seal

# Entries looked at together: enough to be quick, few enough to fit in memory.
TOGETHER = 20_000


@dataclass(frozen=True)
class Fault:
    """A break of the chain.

    ``kind`` is changed, removed, inserted, seal or end; ``number`` names the entry, or the seal for
    the last two; ``what`` is the entry's verb where it is known.
    """

    kind: str
    number: int
    what: str = ""


@dataclass(frozen=True)
class Reached:
    """How far a verification has come: the last seal seen, its digest, and what was counted."""

    number: int = 0
    digest: str = chain.START
    entries: int = 0
    faults: int = 0
    done: bool = False


def of_record(record: Model) -> QuerySet[Entry]:
    """Return the entries of one record, newest first."""
    model = ContentType.objects.get_for_model(record)
    return Entry.objects.filter(model=model, record=record.pk).select_related("by")


def head() -> Head:
    """Return the newest end of the chain; an empty one when nothing was ever sealed."""
    return Head.objects.filter(pk=1).first() or Head()


def last_verification() -> Entry | None:
    """Return the entry that says when the history was last verified, and by whom."""
    return Entry.objects.filter(verb="history.verified").select_related("by").first()


def faults() -> Iterator[Fault]:
    """Go through the whole chain and yield every break of it."""
    reached = Reached()
    while not reached.done:
        reached, found = verify(reached)
        yield from found


def verify(start: Reached) -> tuple[Reached, list[Fault]]:
    """Go through the next stretch of the chain: about ``TOGETHER`` entries, or all that is left."""
    seals = _next_seals(start.number)
    found: list[Fault] = []
    digest, number = start.digest, start.number
    entries = _entries_of(seals)
    for seal in seals:
        number += 1
        if seal.number != number:
            found += [Fault("seal", missing) for missing in range(number, seal.number)][:100]
        found += _faults_of(seal, entries.get(seal.number, {}), digest)
        digest, number = seal.digest, seal.number
    count = sum(len(rows) for rows in entries.values())
    reached = replace(start, number=number, digest=digest, entries=start.entries + count)
    if not seals:
        loose = list(_faults_at_the_end(number, digest))
        left = Entry.objects.filter(seal=None).count()
        reached, found = replace(reached, entries=reached.entries + left, done=True), loose
    return replace(reached, faults=reached.faults + len(found)), found


def verify_record(entries: QuerySet[Entry]) -> tuple[list[Entry], list[Fault]]:
    """Prove the entries of one record: each as it was written, and its seal whole.

    A seal covers every entry in it and the seal before it; that the seals themselves follow one
    another to the newest end is what ``verify`` proves.
    """
    told = list(entries.order_by("pk"))
    own = {entry.pk for entry in told}
    found = [Fault("changed", one.pk, one.verb) for one in told if not _genuine(one)]
    numbers = {entry.seal_id for entry in told if entry.seal_id}
    seals = list(Seal.objects.filter(number__in=numbers).order_by("number"))
    found += [Fault("seal", gone) for gone in sorted(numbers - {one.number for one in seals})]
    before = {number - 1 for number in numbers}
    digests = dict(Seal.objects.filter(number__in=before).values_list("number", "digest"))
    for seal in seals:
        inside = {entry.pk: entry for entry in Entry.objects.filter(seal=seal.number)}
        previous = chain.START if seal.number == 1 else digests.get(seal.number - 1, "")
        # What is wrong with another record's entries in the seal is not this record's to tell.
        found += [
            fault
            for fault in _faults_of(seal, inside, previous)
            if fault.kind in {"seal", "removed"} or (fault.kind, fault.number) in _put_in(own)
        ]
    return told, found


def _put_in(own: set[int]) -> set[tuple[str, int]]:
    return {("inserted", pk) for pk in own}


def _next_seals(after: int) -> list[Seal]:
    """Return the next seals, as many as hold about ``TOGETHER`` entries; at least one if any."""
    seals: list[Seal] = []
    room = TOGETHER
    for seal in Seal.objects.filter(number__gt=after).order_by("number")[:2000]:
        room -= len(_ids(seal) or [])
        if seals and room < 0:
            break
        seals.append(seal)
    return seals


def _entries_of(seals: list[Seal]) -> dict[int, dict[int, Entry]]:
    if not seals:
        return {}
    entries: dict[int, dict[int, Entry]] = {seal.number: {} for seal in seals}
    within: dict[str, Any] = {"seal__gte": seals[0].number, "seal__lte": seals[-1].number}
    for entry in Entry.objects.filter(**within).order_by():
        entries.setdefault(entry.seal_id or 0, {})[entry.pk] = entry
    return entries


def _ids(seal: Seal) -> list[int] | None:
    try:
        return chain.unpack(seal.entries)
    except ValueError:
        return None


def _faults_of(seal: Seal, found: dict[int, Entry], previous: str) -> Iterator[Fault]:
    wanted = _ids(seal)
    if wanted is None:
        yield Fault("seal", seal.number)
        return
    for pk in wanted:
        if pk not in found:
            yield Fault("removed", pk)
        elif not _genuine(found[pk]):
            yield Fault("changed", pk, found[pk].verb)
    for pk in sorted(found.keys() - set(wanted)):
        yield Fault("inserted", pk, found[pk].verb)
    digests = [found[pk].digest for pk in wanted if pk in found]
    whole = len(digests) == len(wanted)
    if whole and seal.digest != chain.seal_digest(
        previous, seal.number, seal.entries, digests, settings.HISTORY_KEY
    ):
        yield Fault("seal", seal.number)


def _faults_at_the_end(number: int, digest: str) -> Iterator[Fault]:
    """Look at the head, at what is not sealed yet, and at entries that were put in twice."""
    end = head()
    proof = chain.head_proof(end.number, end.digest, settings.HISTORY_KEY)
    known = end.number == 0 or hmac.compare_digest(end.proof, proof)
    if (end.number, end.digest) != (number, digest) or not known:
        yield Fault("end", end.number)
    for entry in Entry.objects.filter(seal=None).order_by("pk").iterator(chunk_size=2000):
        if not _genuine(entry):
            yield Fault("inserted", entry.pk, entry.verb)
    twice = Entry.objects.order_by().values("nonce").annotate(times=Count("pk"))
    for row in twice.filter(times__gt=1):
        for entry in Entry.objects.filter(nonce=row["nonce"]).order_by("pk")[1:]:
            yield Fault("inserted", entry.pk, entry.verb)


def _genuine(entry: Entry) -> bool:
    told = chain.entry_digest(entry.said(), settings.HISTORY_KEY)
    return hmac.compare_digest(entry.digest, told)
