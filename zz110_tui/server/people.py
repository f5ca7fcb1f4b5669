"""Who may come in, as whom, with which duty: by the account at the other end of the socket, or by a ticket."""

from __future__ import annotations

import os
import pwd
import socket
import struct
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from zz110_tui.core.desks import Actor, Duty
from zz110_tui.wire.frames import Hello
from zz110_tui.wire.goodbyes import Goodbye, goodbye

_CREDENTIALS = struct.Struct("=iII")
"""``struct ucred`` of Linux: pid, uid, gid."""

EVERY_DUTY = tuple(duty for duty in Duty if duty is not Duty.SYSTEM)
"""What a person or a machine can be admitted as; ``system`` is the core's own timers."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody on the list of users. ``account`` is the login name, ``name`` what the record says."""

    account: str
    name: str
    duties: tuple[Duty, ...]


class People(Protocol):
    """The list of users."""

    def find(self, account: str) -> Person | None:
        """None for an account that is not there, or is disabled. Raises Trouble if the list cannot be read."""
        ...


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who is at the other end, as far as the operating system knows. ``account`` "" over TLS: a ticket will tell.

    ``owner``: the account that runs the core. It could write the store itself, so it may be anybody.
    """

    way: str
    address: str
    account: str = ""
    owner: bool = False


def at_socket(peer: socket.socket) -> Visitor:
    """The account at the other end of a Unix socket, from the kernel. Raises OSError where it is gone already."""
    pid, uid, _ = _CREDENTIALS.unpack(peer.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, _CREDENTIALS.size))
    try:
        account = pwd.getpwuid(uid).pw_name
    except KeyError:
        account = str(uid)
    return Visitor("socket", f"pid {pid}", account, owner=uid == os.geteuid())


def nobody(_ticket: str) -> str | None:
    """No ticket is valid."""
    return None


@dataclass(slots=True)
class Door:
    """Decides who comes in. ``redeem`` gives the account that a ticket was made for, once."""

    people: People | None = None
    redeem: Callable[[str], str | None] = field(default=nobody)

    def still(self, account: str, duty: Duty) -> bool:
        """Whether somebody who was let in may stay. Raises Trouble if the list of users cannot be read."""
        person = self.people.find(account) if self.people is not None else None
        return person is not None and duty in person.duties

    def admit(self, visitor: Visitor, hello: Hello) -> tuple[str, Actor] | Goodbye:
        """The account and the actor to let in, or the reason why not.

        Raises Trouble if the list of users cannot be read.
        """
        account = visitor.account
        if not account:
            redeemed = self.redeem(hello.ticket)
            if redeemed is None:
                return goodbye("bad_ticket")
            account = redeemed
        if visitor.owner:
            person = Person(account, hello.person or account, EVERY_DUTY)
        else:
            found = self.people.find(account) if self.people is not None else None
            if found is None:
                return goodbye("unknown_person", account=account)
            person = found
        if hello.duty not in person.duties or hello.duty is Duty.SYSTEM:
            has = ", ".join(duty.value for duty in person.duties)
            return goodbye("not_your_duty", account=account, duty=hello.duty.value, has=has)
        return account, Actor(person.name, hello.desk, hello.duty, hello.channel)
