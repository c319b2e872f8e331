"""What some tests need beside Python: without it they are skipped, in CI they fail."""

from __future__ import annotations

import os
from typing import NoReturn

import pytest


def missing(what: str) -> NoReturn:
    """Skip the test, saying that there is no `what`; fail it where everything has to be tried (SAKSI_TEST_ALL)."""
    if os.environ.get("SAKSI_TEST_ALL"):
        pytest.fail(f"{what}, and SAKSI_TEST_ALL is set", pytrace=False)
    pytest.skip(what)
