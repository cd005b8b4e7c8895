"""Every scenario of every feature, through real sockets."""

from pytest_bdd import scenarios

scenarios(".")
