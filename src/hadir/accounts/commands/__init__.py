"""Writes of the room: who may sign in, how, from which phone."""

from hadir.accounts.commands.activations import Slip, make_slips, request_reset, send_invitations, trigger_reset
from hadir.accounts.commands.attempts import Attempting, forget_failures, note_failure, require_attempt
from hadir.accounts.commands.entering import enter_by_way, join_by_way, note_sign_in
from hadir.accounts.commands.making import Made, align_names, make_accounts
from hadir.accounts.commands.passwords import (
    change_password,
    choose_language,
    give_passwords,
    make_platform_operator,
)
from hadir.accounts.commands.phones import (
    PhonePass,
    block_phone,
    forget_issued_passes,
    forget_passes,
    issue_pass,
    unblock_phone,
)

__all__ = [
    "Attempting",
    "Made",
    "PhonePass",
    "Slip",
    "align_names",
    "block_phone",
    "change_password",
    "choose_language",
    "enter_by_way",
    "forget_failures",
    "forget_issued_passes",
    "forget_passes",
    "give_passwords",
    "issue_pass",
    "join_by_way",
    "make_accounts",
    "make_platform_operator",
    "make_slips",
    "note_failure",
    "note_sign_in",
    "request_reset",
    "require_attempt",
    "send_invitations",
    "trigger_reset",
    "unblock_phone",
]
