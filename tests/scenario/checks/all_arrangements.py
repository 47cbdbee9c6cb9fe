"""A scenario in which of everything that can be arranged there is one, to be changed by line."""

from __future__ import annotations

from pathlib import Path

from tests.scenario.folder import Folder


def number(value: float, low: float | None = None, high: float | None = None) -> str:
    """Return a quantity as TOML; without a range it is certain."""
    low, high = (value if end is None else end for end in (low, high))
    whence = 'unit = "any", source = "judgement", grade = "judgement"'
    return f"{{ value = {value}, low = {low}, high = {high}, {whence} }}"


ARRANGED = f"""\
extends = "whole.toml"

[actors.syldavia.munitions]
stock = {number(1)}
production = {number(0.2)}
use = {number(0.5)}

[actors.borduria.programme]
level = {number(0.5)}
drift = {number(0.01)}

[exchanges.arms]
name = "Arms for goods"
supplier = "borduria"
buyer = "syldavia"
rivalry = "strait"
since = 2024-01-01
munitions_stock = {number(4)}
munitions_output = {number(0.1)}
munitions_price = {number(0.6)}
missiles_stock = {number(50)}
missiles_output = {number(3)}
missile_price = {number(0.004)}
troops_pool = {number(20)}
contingent = {number(5)}
troops_price = {number(0.1)}
debt = {number(2)}
secrecy = {number(0.6)}
objectors.aland = {number(0.5)}
source = "disputes"

[councils.board]
name = "A board"
target = "borduria"
proposers = ["aland"]
permanent = ["aland", "syldavia"]
other_votes = {number(3)}
votes_needed = 4
enforcement = {number(0.6)}
enforcers.aland = {number(0.55)}
enforcers.syldavia = {number(0.4)}
laxity.syldavia = {number(0.2)}
source = "treaties"

[provokers.borduria]
towards = ["syldavia"]
rate = {number(2)}
long_run = {number(1)}
last_icbm = 2023-12-18
excitation = {number(0.4, 0.2, 0.65)}
sub_threshold = {number(0.45)}
ballistic = {number(0.4)}
icbm = {number(0.1)}
satellite = {number(0.04)}
nuclear = {number(0.01)}
source = "disputes"

[blocs.ring]
name = "A ring"
members = ["aland", "syldavia"]
against = ["borduria"]
coordination = {number(0.5)}
source = "treaties"

[patronages.hold]
patron = "aland"
client = "borduria"
weight = {number(1)}
dependence = {number(0.8)}
source = "judgement"

[armings.answer]
name = "An answer"
actor = "borduria"
beneficiary = "aland"
against = "syldavia"
exchange = "arms"
source = "judgement"

[shocks.arms]
date = 2024-09-19
kind = "arming"
rivalry = "strait"
actor = "borduria"

[mechanisms]
memory = true
"""

NAME = "arranged.toml"


def arranged(folder: Folder) -> Path:
    """Write the arranged scenario beside the complete one."""
    return folder.write(NAME, ARRANGED)
