"""Settings of ``./run`` on one machine: the embedded database, plain HTTP on loopback."""

from config.settings.base import *
