"""A hub on this machine for the tests: good and bad repositories, and good and bad answers."""

from tests.loopback.content import Repository, Weights
from tests.loopback.faults import Fault, Window
from tests.loopback.hub import LoopbackHub, Request

__all__ = ["Fault", "LoopbackHub", "Repository", "Request", "Weights", "Window"]
