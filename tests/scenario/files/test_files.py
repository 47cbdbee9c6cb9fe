"""A file that cannot be read, or leads nowhere, is reported where it is named."""

from __future__ import annotations

import pytest

from tests.scenario.folder import Folder


def test_a_missing_file_names_the_others_in_its_folder_and_the_nearest(folder: Folder) -> None:
    assert folder.message(name="whloe.toml") == (
        "whloe.toml: there is no such file\n"
        "    allowed: sources.toml, whole.toml; did you mean 'whole.toml'?"
    )


def test_a_missing_file_unlike_any_other_gets_no_nearest_name(folder: Folder) -> None:
    assert folder.message(name="elsewhere.toml") == (
        "elsewhere.toml: there is no such file\n    allowed: sources.toml, whole.toml"
    )


def test_a_missing_file_in_a_missing_folder_is_just_missing(folder: Folder) -> None:
    assert folder.message(name="nowhere/whole.toml") == "nowhere/whole.toml: there is no such file"


def test_a_folder_is_not_a_scenario(folder: Folder) -> None:
    folder.write("inner/whole.toml", "")
    assert folder.message(name="inner") == (
        "inner: is a folder; name a scenario in it\n    allowed: inner/whole.toml"
    )


def test_a_file_that_is_not_text_is_reported(folder: Folder) -> None:
    folder.whole.write_bytes(b"title = '\xff'")
    assert folder.message() == ("whole.toml: is not text in UTF-8; save it as UTF-8 in the editor")


def test_a_byte_order_mark_is_passed_over(folder: Folder) -> None:
    plain = folder.load().scenario
    folder.whole.write_bytes(b"\xef\xbb\xbf" + folder.whole.read_bytes())
    assert folder.load().scenario == plain


@pytest.mark.parametrize("code", ["0001", "0007", "000C", "001B", "009B", "FFFE"])
def test_a_control_character_is_reported_where_it_stands(folder: Folder, code: str) -> None:
    folder.with_line('title = "The strait"', f'title = "The \\u{code}strait"')
    assert folder.message() == (
        f"whole.toml:{folder.line('title =')}: title: contains the control character U+{code}\n"
        "    allowed: printable text"
    )


def test_a_control_character_in_a_list_or_a_key_is_reported_too(folder: Folder) -> None:
    folder.write("child.toml", 'extends = "whole.toml"\narticle = ["A\\u0007"]\n"\\u001b" = 1\n')
    assert folder.message(name="child.toml") == (
        "child.toml:2: article: contains the control character U+0007\n"
        "    allowed: printable text\n"
        "child.toml:3: \N{REPLACEMENT CHARACTER}: contains the control character U+001B\n"
        "    allowed: printable text"
    )


def test_a_control_character_that_is_set_is_refused(folder: Folder) -> None:
    assert folder.refusal('title="a\x1b[2J"') == (
        "--set title: contains the control character U+001B\n    allowed: printable text"
    )


def test_tabs_and_ends_of_lines_are_no_control_characters(folder: Folder) -> None:
    folder.write("child.toml", 'extends = "whole.toml"\ndescription = """a\tb\r\nc"""\n')
    assert folder.load(name="child.toml").scenario.description == "a\tb\nc"


def test_a_fault_of_syntax_names_its_line(folder: Folder) -> None:
    folder.with_line("months = 24", "months 24")
    assert folder.message() == (
        "whole.toml:8: is not TOML: Expected '=' after a key in a key/value pair"
    )


def test_a_fault_at_the_end_of_the_file_names_the_last_line(folder: Folder) -> None:
    folder.write("short.toml", 'title = "a"\nnote = """\nfor ever')
    assert folder.message(name="short.toml") == (
        "short.toml:3: is not TOML: a quotation mark is not closed"
    )


def test_a_key_given_twice_is_a_fault_of_syntax(folder: Folder) -> None:
    folder.with_line("months = 24", "months = 24\nmonths = 25")
    assert folder.message() == "whole.toml:9: is not TOML: Cannot overwrite a value"


def test_a_number_of_absurd_length_is_a_fault_of_the_file(folder: Folder) -> None:
    folder.with_line("seed = 7", f"seed = {'9' * 5000}")
    assert folder.message().startswith("whole.toml: is not TOML: ")


def test_lists_in_lists_without_end_are_a_fault_of_the_file(folder: Folder) -> None:
    folder.with_line("seed = 7", f"seed = {'[' * 5000}")
    assert folder.message().startswith("whole.toml: is not TOML: ")


def test_a_parent_that_is_missing_is_reported_where_it_is_named(folder: Folder) -> None:
    folder.write("child.toml", '# A child.\nextends = "wohle.toml"\n')
    assert folder.message(name="child.toml") == (
        "child.toml:2: extends: there is no file 'wohle.toml'\n"
        "    allowed: child.toml, sources.toml, whole.toml; did you mean 'whole.toml'?"
    )


def test_a_parent_is_sought_beside_the_file_that_names_it(folder: Folder) -> None:
    folder.write("inner/child.toml", 'extends = "../whole.toml"\n')
    assert folder.load(name="inner/child.toml").scenario.title == "The strait"


def test_a_folder_is_no_parent(folder: Folder) -> None:
    folder.write("child.toml", 'extends = ""\n')
    assert folder.message(name="child.toml").startswith(
        "child.toml:1: extends: there is no file ''"
    )


def test_a_parent_must_be_a_path_or_a_list_of_paths(folder: Folder) -> None:
    for wrong in ("5", "[1]", '{ file = "whole.toml" }', '["whole.toml", []]'):
        folder.write("child.toml", f"\nextends = {wrong}\n")
        assert folder.message(name="child.toml") == (
            "child.toml:2: extends: is not a file name\n    allowed: a path or a list of paths"
        )


def test_a_file_that_extends_itself_runs_in_a_circle(folder: Folder) -> None:
    folder.with_line("seed = 7", 'seed = 7\nextends = "whole.toml"')
    assert folder.message() == ("whole.toml:11: extends: forms a cycle: whole.toml -> whole.toml")


def test_two_files_that_extend_each_other_run_in_a_circle(folder: Folder) -> None:
    folder.write("egg.toml", 'extends = "hen.toml"')
    folder.write("hen.toml", '\nextends = ["whole.toml", "egg.toml"]')
    assert folder.message(name="egg.toml") == (
        "hen.toml:2: extends: forms a cycle: egg.toml -> hen.toml -> egg.toml"
    )


def test_three_files_run_in_a_circle_however_the_path_is_written(folder: Folder) -> None:
    folder.write("a.toml", 'extends = "b.toml"')
    folder.write("b.toml", 'extends = "inner/c.toml"')
    folder.write("inner/c.toml", 'extends = "../inner/../a.toml"')
    assert folder.message(name="a.toml") == (
        "inner/c.toml:1: extends: forms a cycle: a.toml -> b.toml -> c.toml -> a.toml"
    )
