"""The workbench: a case in the browser, served from this machine.

:func:`create_app` makes the application of one case; :func:`serve` runs it. A page is a module of
:mod:`saydo.web.pages`, a part of the JSON API one of :mod:`saydo.web.api`; both are found by being there.
"""

from saydo.web.app import create_app
from saydo.web.serve import Address, Started, serve
from saydo.web.settings import Settings

__all__ = ["Address", "Settings", "Started", "create_app", "serve"]
