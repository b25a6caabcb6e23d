"""What is done to the register: published, corrected, its rules set, its lateness told."""

from gyoryu.register.actions.policy import set_default, set_rule
from gyoryu.register.actions.publications import correct, publish
from gyoryu.register.actions.reminders import remind
from gyoryu.register.actions.withdrawing import withdraw, withdraw_page

__all__ = ["correct", "publish", "remind", "set_default", "set_rule", "withdraw", "withdraw_page"]
