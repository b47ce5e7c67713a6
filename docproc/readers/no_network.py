"""Takes the network away from a reader's process, and from whatever it starts: a document has nothing to fetch and nobody to tell.

On Linux by a seccomp filter, which needs no rights and holds for libraries and programs as well: no internet socket can be made, sockets
between processes of this machine can (LibreOffice needs them). Elsewhere by an audit hook, which holds for Python code only.
"""

from __future__ import annotations

import ctypes
import errno
import platform
import struct
import sys
from types import MappingProxyType
from typing import Any, Final

# linux/audit.h; numbers of socket(2) and io_uring_setup(2), which can make sockets too.
_MACHINES: Final = MappingProxyType({"x86_64": (0xC000003E, 41, 425), "aarch64": (0xC00000B7, 198, 425)})
_X32: Final = 0x40000000  # system calls of the x32 interface, on x86_64
_UNIX: Final = 1  # AF_UNIX: the only family that is left
_NO_NEW_PRIVILEGES, _SET_SECCOMP, _FILTER = 38, 22, 2  # prctl(2)
# linux/filter.h: load a word of the data; compare; answer.
_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_ALLOW: Final = 0x7FFF0000
_REFUSE: Final = 0x00050000 | errno.EACCES
_NUMBER, _MACHINE, _FIRST_ARGUMENT = 0, 4, 16  # where they stand in struct seccomp_data


def forbid_network() -> str:
    """Forbids it for good. Returns how: `seccomp`, or `audit hook` where the system has nothing better."""
    if sys.platform == "linux" and platform.machine() in _MACHINES and _filter(*_MACHINES[platform.machine()]):
        return "seccomp"
    sys.addaudithook(_refuse)
    return "audit hook"


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_void_p))


def _filter(machine: int, socket: int, io_uring: int) -> bool:
    """Installs the filter; False where the system does not let us."""
    steps = [
        (_LOAD, 0, 0, _MACHINE),
        (_EQUAL, 0, 7, machine),  # another interface (32 bits): refused
        (_LOAD, 0, 0, _NUMBER),
        (_AT_LEAST, 5, 0, _X32),
        (_EQUAL, 4, 0, io_uring),
        (_EQUAL, 0, 2, socket),
        (_LOAD, 0, 0, _FIRST_ARGUMENT),
        (_EQUAL, 0, 1, _UNIX),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _REFUSE),
    ]
    code = ctypes.create_string_buffer(b"".join(struct.pack("=HBBI", *step) for step in steps))
    program = _Program(len(steps), ctypes.addressof(code))
    prctl = ctypes.CDLL(None, use_errno=True).prctl
    prctl.argtypes = (ctypes.c_int, *(ctypes.c_ulong,) * 4)
    if prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0) != 0:
        return False
    return bool(prctl(_SET_SECCOMP, _FILTER, ctypes.addressof(program), 0, 0) == 0)


def _refuse(event: str, arguments: tuple[Any, ...]) -> None:
    if event in {"socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg"}:
        import socket

        if arguments[0].family == getattr(socket, "AF_UNIX", None):
            return
    elif event not in {"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"}:
        return
    raise PermissionError(errno.EACCES, "a reader has no network")
