"""The desk of the public register as programs work it; the register itself is open to all."""

from gyoryu.register.api import policy, publications

DESKS = [publications.desk, policy.desk]
