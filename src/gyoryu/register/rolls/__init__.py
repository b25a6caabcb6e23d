"""The roll: what the register says of a month, as plain values.

``past`` turns a record back to what it was, ``rows`` writes the public row of an agreement,
``changes`` compares two rolls, ``canonical`` writes a roll so that it has one digest.
"""
