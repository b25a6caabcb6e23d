"""Calls of programs: what screens do by pages and posts, said in JSON.

An app's ``api`` room lists its operations on a ``Desk``: the same listings, forms and actions as
its screens have, so that the API refuses the same things in the same words at the same fields.
The schema (OpenAPI 3.1) is made from the forms, the conditions of the lists and the shapes.
"""

from gyoryu.web.calls.call import Call
from gyoryu.web.calls.desk import Desk
from gyoryu.web.calls.door import Door
from gyoryu.web.calls.operation import ROOT
from gyoryu.web.calls.shapes import Named, PeriodText, Shape

__all__ = ["ROOT", "Call", "Desk", "Door", "Named", "PeriodText", "Shape"]
