"""Renews the tables of docs/theory.md: `python .ci/theory.py`, from the top folder.

Simulates the four invented states of scenarios/theory, compares expected rates in paired worlds,
and sets each size beside the published one that scenarios/theory/published.csv has.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from hashlib import sha256

from theory_effects import (
    FOLDER,
    SHOWN,
    TOP,
    VARIANTS,
    WORLDS,
    Claim,
    find_effect,
    read_claims,
)

from sim.experiment.storage.engine_fingerprint import engine_fingerprint
from sim.scenario.load import load_scenario

PAGE = TOP / "docs" / "theory.md"
PLACE = re.compile(
    r"(<!-- python \.ci/theory\.py writes the (\w+) from here -->\n)(.*?)(<!-- to here -->)",
    re.DOTALL,
)
TOKEN = re.compile(r"\[(\w+):(\w+)\]")


def render_claims(claims: list[Claim]) -> Iterator[str]:
    """Yield the lines of the first table."""
    yield "| | Claim | Pair | Published | Model | Verdict |\n|---|---|---|---|---|---|\n"
    for claim in claims:
        row, estimate = claim.row, claim.effect.estimate()
        found = claim.verdict(estimate) + (" (an input)" if row["set"] else "")
        sources = ", ".join(f"`{source}`" for source in row["sources"].split())
        size, published = claim.effect.render(estimate.interval), f"{row['published']}; {sources}"
        yield f"| {row['code']} | {row['claim']}: {row['outcome']} | {render_pair(row)} "
        yield f"| {published} | {size} | {found} |\n"


def render_pair(row: dict[str, str]) -> str:
    """Return the names of the scenarios compared."""
    pair = f"`{row['scenario']}`, `{row['base']}`"
    return pair + (f"; `{row['against']}`, `{row['against_base']}`" if row["against"] else "")


def render_diagnoses(claims: list[Claim]) -> Iterator[str]:
    """Yield the diagnoses, with sizes computed where they stand in brackets."""
    for claim in claims:
        if claim.row["diagnosis"]:
            text = TOKEN.sub(lambda token: render_token(token, claims), claim.row["diagnosis"])
            yield f"- **{claim.row['code']}.** {text}\n"


def render_token(token: re.Match[str], claims: list[Claim]) -> str:
    """Return the size of an effect under a variant."""
    effect = find_effect(token[1], claims)
    return effect.render(effect.estimate(token[2]).interval).partition(" (")[0]


def render_variants(claims: list[Claim]) -> Iterator[str]:
    """Yield the lines of the second table."""
    effects = [find_effect(code, claims) for code in SHOWN]
    yield f"| What is changed | {' | '.join(SHOWN)} |\n|---|{'---|' * len(SHOWN)}\n"
    for name, (text, _) in VARIANTS.items():
        cells = [effect.render(effect.estimate(name).interval) for effect in effects]
        yield f"| {text} | {' | '.join(cells)} |\n"
        if name == "base":
            cells = [effect.render(effect.spread()) for effect in effects]
            yield f"| single worlds: median, middle nine tenths | {' | '.join(cells)} |\n"


def hash_inputs() -> str:
    """Return a digest of the scenarios as loaded, and of the published claims, in hexadecimal."""
    digest = sha256((FOLDER / "published.csv").read_bytes())
    for file in sorted(FOLDER.glob("*.toml")):
        digest.update(load_scenario(file).scenario.model_dump_json().encode())
    return digest.hexdigest()


def render_parts(claims: list[Claim]) -> dict[str, str]:
    """Return what the script writes into the page, by the name of the place."""
    return {
        "origin": f"Engine `{engine_fingerprint()[:12]}`, inputs `{hash_inputs()[:12]}`, "
        f"{WORLDS:,} paired worlds.\n",
        "claims": "".join(render_claims(claims)),
        "diagnoses": "".join(render_diagnoses(claims)),
        "variants": "".join(render_variants(claims)),
    }


def replace_parts(page: str, parts: dict[str, str]) -> str:
    """Return a page with each part in its place."""
    return PLACE.sub(lambda place: f"{place[1]}\n{parts[place[2]]}\n{place[4]}", page)


def main() -> None:
    """Simulate, compare and paste."""
    PAGE.write_text(replace_parts(PAGE.read_text("utf-8"), render_parts(read_claims())), "utf-8")


if __name__ == "__main__":
    main()
