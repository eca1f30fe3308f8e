"""The ways to enter a contest, and its entry form: what the page is given, and what is wrong with it."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.records import find_problems, make_record
from twinsite.kinds.contest import KIND
from twinsite.kinds.contest.ways import list_form_addresses, list_ways

GOOD = (Path(__file__).parents[1] / "samples/contest/good.md").read_text(encoding="utf-8")
FORM = {"type": "form", "url": "https://forms.example/spring"}


def contest(methods, fields=("Name",), **entry):
    return make_record(KIND, GOOD, entry={"methods": methods, "fields": list(fields), **entry})


def problems(methods, fields=("Name",), **entry):
    values = make_record(KIND, GOOD, entry=None, winners=[]), {"methods": methods, "fields": list(fields), **entry}
    record = values[0].model_copy(update={"entry": contest(methods, fields, **entry).entry})
    return [(problem.rule, problem.field, problem.severity) for problem in KIND.check(record, "x.md")]


def test_a_text_alone_is_a_required_line_of_text():
    (way,) = list_ways(contest([FORM], ["E-mail or postal address"]))
    (field,) = way["form"]["fields"]
    assert (field["label"], field["name"], field["type"], field["required"]) == (
        "E-mail or postal address",
        "e-mail-or-postal-address",
        "text",
        True,
    )


@pytest.mark.parametrize(
    ("method", "fields"),
    [
        ({**FORM, "hosted": "true"}, ["Name"]),
        (FORM, []),
        ({"type": "post", "hashtag": "#SpringContest"}, ["Name"]),
    ],
    ids=["elsewhere", "no fields", "no form"],
)
def test_only_a_form_with_fields_of_its_own_is_on_the_page(method, fields):
    record = contest([method], fields)
    (way,) = list_ways(record)
    assert way["form"] is None
    assert way["url"] == method.get("url")
    assert list_form_addresses(record) == ()


def test_a_form_knows_all_that_its_service_wants():
    hidden = [{"name": "_next", "value": "https://example.org/thanks/"}]
    fields = ["Name", {"label": "Picture", "type": "file", "max_size": "2.50", "accept": [".jpg", "image/png"]}]
    record = contest(
        [{**FORM, "hidden": hidden, "honeypot": "_gotcha"}], fields, consent={"marketing": "News, please."}
    )
    (way,) = list_ways(record)
    form = way["form"]
    assert form["multipart"]
    assert form["host"] == "forms.example"
    assert form["hidden"] == hidden
    assert form["honeypot"]["name"] == "_gotcha"
    assert (form["rules"]["name"], form["rules"]["text"]) == ("accept_rules", None)
    assert (form["marketing"]["name"], form["marketing"]["text"]) == ("accept_marketing", "News, please.")
    assert form["fields"][1]["accept"] == ".jpg,image/png"
    assert form["fields"][1]["max_size"] == "2.50"
    assert list_form_addresses(record) == ("https://forms.example/spring",)


def test_a_form_without_files_is_sent_the_usual_way_and_without_news_there_is_no_box_for_it():
    form = list_ways(contest([FORM]))[0]["form"]
    assert not form["multipart"]
    assert form["marketing"] is None


def test_every_part_of_every_form_has_an_identity_of_its_own():
    forms = [way["form"] for way in list_ways(contest([FORM, FORM], ["A", "B"], consent={"marketing": "News"}))]
    names = [
        part["id"] for form in forms for part in (*form["fields"], form["honeypot"], form["rules"], form["marketing"])
    ]
    assert len(names) == len(set(names)) == 10


def test_an_email_is_prepared_with_its_subject_and_what_it_must_say():
    record = contest([{"type": "email", "url": "mailto:cup@example.org"}], ["Your name & town", "50% or more?"])
    (way,) = list_ways(record)
    assert way["letter"] == (
        "mailto:cup@example.org?subject=A%20cup%20of%20spring"
        "&body=Your%20name%20%26%20town%3A%0D%0A%0D%0A50%25%20or%20more%3F%3A%0D%0A%0D%0A"
    )


def test_what_the_editor_wrote_into_the_address_stays():
    url = "mailto:cup@example.org?subject=Cup"
    (way,) = list_ways(contest([{"type": "email", "url": url, "subject": "Other"}], []))
    assert way["letter"] == url


def test_a_file_is_no_line_of_an_email():
    (way,) = list_ways(contest([{"type": "email", "url": "mailto:a@example.org"}], [{"label": "Film", "type": "file"}]))
    assert "body" not in way["letter"]
    assert way["asks"] == ["Film"]


@given(st.text(min_size=1).map(str.strip).filter(bool))
def test_any_subject_comes_back_as_it_was_written(subject):
    url = "mailto:cup@example.org"
    (way,) = list_ways(contest([{"type": "email", "url": url, "subject": subject}], []))
    query = way["letter"].partition("?")[2]
    assert "+" not in query
    assert parse_qs(query, strict_parsing=True, errors="surrogatepass")["subject"] == [subject]


def test_paper_goes_to_the_sponsor_unless_another_address_is_given():
    ways = list_ways(contest([{"type": "mail", "instructions": "A card."}, {"type": "mail", "address": "Box 1"}]))
    assert [way["address"] for way in ways] == ["4 Mill Lane, Leeds LS1 4AB, United Kingdom", "Box 1"]


def test_a_tag_that_is_also_the_disclosure_is_named_once():
    post = {"type": "post", "hashtag": "#SpringContest"}
    ways = list_ways(contest([{**post, "disclosure_tag": "#SpringContest"}, {**post, "disclosure_tag": "#ad"}]))
    assert [way["tags"] for way in ways] == [["SpringContest"], ["SpringContest", "ad"]]


@pytest.mark.parametrize(
    ("url", "good"),
    [
        ("https://forms.example/f", True),
        ("http://127.0.0.1:8080/", True),
        ("http://localhost/f", True),
        ("http://forms.example/f", False),
        ("mailto:cup@example.org", False),
        ("https://bücher.example/f", False),
        ("https://forms.example;script-src/f", False),
    ],
)
def test_a_form_goes_to_a_server_that_is_named_plainly_and_encrypts(url, good):
    found = problems([{"type": "form", "url": url}])
    assert found == ([] if good else [("form-address", ("entry", "methods", 0, "url"), "error")])


@pytest.mark.parametrize(
    ("field", "setting"),
    [
        ({"type": "text", "options": ["a"]}, "options"),
        ({"type": "email", "accept": [".jpg"]}, "accept"),
        ({"type": "date", "max_size": "3"}, "max_size"),
        ({"type": "text", "minimum": "1"}, "minimum"),
        ({"type": "file", "max_length": "10"}, "max_length"),
    ],
)
def test_a_setting_that_a_type_does_not_have(field, setting):
    found = problems([FORM], [{"label": "Cup", **field}])
    assert found == [("form-field-misfit", ("entry", "fields", 0, setting), "error")]


@pytest.mark.parametrize(
    ("method", "fields", "at"),
    [
        (FORM, ["Name", "Name"], ("entry", "fields", 1)),
        (FORM, [{"label": "Yes", "name": "accept_rules"}], ("entry", "fields", 0, "name")),
        ({**FORM, "honeypot": "name"}, ["Name"], ("entry", "fields", 0)),
        (
            {**FORM, "hidden": [{"name": "to", "value": "a"}, {"name": "to", "value": "b"}]},
            ["Name"],
            ("entry", "methods", 0, "hidden", 1, "name"),
        ),
    ],
)
def test_two_things_under_one_name(method, fields, at):
    assert problems([method], fields) == [("form-same-name", at, "error")]


def test_news_is_never_the_price_of_entering():
    rules = {"rules": "I accept the rules and your special offers."}
    box = {"label": "Send me the newsletter", "type": "checkbox", "required": "true"}
    free = {"label": "Send me the newsletter", "type": "checkbox"}
    assert problems([FORM], consent=rules) == [("consent-bundled", ("entry", "consent", "rules"), "warning")]
    assert problems([FORM], [box]) == [("consent-bundled", ("entry", "fields", 0), "warning")]
    assert problems([FORM], [free], consent={"marketing": "Send me your offers."}) == []


@pytest.mark.parametrize(
    "field", [{"label": "A", "type": "radio"}, {"label": "A", "autocomplete": "cc-number"}, {"type": "text"}]
)
def test_a_field_that_does_not_fit(field):
    entry = {"methods": [FORM], "fields": [field]}
    values = GOOD.replace("  fields: [name, e-mail address]\n", "")
    assert find_problems(KIND, values) == []
    with pytest.raises(ValueError, match=r"entry\.fields\.0"):
        make_record(KIND, values, entry=entry)
