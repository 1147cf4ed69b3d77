"""A small scenario in which a world takes little time."""

import pytest

import zorgdruk

FAST = {"study.burn_in_weeks": 1, "study.window_weeks": 2, "study.follow_up_weeks": 7}
N = 70


@pytest.fixture(scope="session")
def scenario() -> zorgdruk.Scenario:
    return zorgdruk.load("small").set(FAST)


@pytest.fixture(scope="session")
def results(scenario: zorgdruk.Scenario) -> zorgdruk.Results:
    return scenario.run(N)
