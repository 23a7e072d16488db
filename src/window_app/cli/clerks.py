"""Verbs about who may sign in."""

import argparse
from dataclasses import asdict

from window_app.cli.counter import sign_in
from window_app.cli.speech import read_secrets, say


def listed(chosen: argparse.Namespace) -> int:
    """Say who may sign in here; nothing is unlocked."""
    from window_app.app import Entrance
    from window_app.services.session import NoHall

    hall = Entrance(chosen.data).describe()
    if hall is None:
        raise NoHall()
    say({"clerks": [asdict(clerk) for clerk in hall.clerks]})
    return 0


def admit(chosen: argparse.Namespace) -> int:
    """Admit a clerk and say her one-time code."""
    desk = sign_in(chosen)
    try:
        role = "administrator" if chosen.administrator else "clerk"
        say({"clerk": chosen.code, "code": desk.clerks.admit(chosen.code, chosen.name, role)})
    finally:
        desk.close()
    return 0


def revoke(chosen: argparse.Namespace) -> int:
    """Revoke a clerk."""
    desk = sign_in(chosen)
    try:
        desk.clerks.revoke(chosen.code)
        say({"clerk": chosen.code})
    finally:
        desk.close()
    return 0


def password(chosen: argparse.Namespace) -> int:
    """Set a clerk's password by her one-time code or old password."""
    from window_app.app import Entrance

    secret, new = read_secrets(2)
    Entrance(chosen.data).set_password(chosen.code, secret, new)
    say({"clerk": chosen.code})
    return 0
