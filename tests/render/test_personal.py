"""What is taken for personal data in finished text, and what is not."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from twinsite.render.personal import (
    find_emails,
    find_emails_closely,
    find_numbers,
    find_numbers_closely,
    find_personal,
    make_finder,
)
from twinsite.render.pieces import cut_page


def found(text):
    return [what for _, what in find_personal(f"<p>{text}</p>")]


@pytest.mark.parametrize(
    ("text", "mail"),
    [
        ("Write to maria.k@mail.example today.", "maria.k@mail.example"),
        ('<a href="mailto:maria+kites@mail.example?subject=Hi">mail</a>', "maria+kites@mail.example"),
        ("(maria@post.mail.example)", "maria@post.mail.example"),
        ("maria@büro.example", "maria@büro.example"),
        ("maria [at] mail.example", "maria@mail.example"),
        ("maria (at) mail (dot) example", "maria@mail.example"),
        ('<a href="https://forms.example/?to=maria%40mail.example">', "maria@mail.example"),
        ("Maria/maria@mail.example", "maria@mail.example"),
        ("x maria@mail.example.", "maria@mail.example"),
    ],
)
def test_email_addresses_are_found(text, mail):
    assert found(text) == [mail]


@pytest.mark.parametrize(
    "text",
    [
        "press@example.com and <code>jo@www.example.org</code>",
        "@tatterlark@social.example",
        '<img src="logo@2x.png">',
        '<a href="https://video.example/@tatterlark.kites">',
        '<a href="https://social.example/tomas@post.example">',
        '{"@type":"Thing","@context":"https://schema.org"}',
        "npm install sails@1.2.3",
        "3 kites @ 12.50",
    ],
)
def test_what_only_looks_like_one_is_not(text):
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "phone"),
    [
        ("Call +44 191 498 1234.", "+44 191 498 1234"),
        ("+44 (0)191 498 1234", "+44 (0)191 498 1234"),
        ("+491711234567", "+491711234567"),
        ("tel:+1-212-867-5309", "+1-212-867-5309"),
        ("(0191) 498 1234", "0191) 498 1234"),
        ("0191 498 1234", "0191 498 1234"),
        ("07911 123456", "07911 123456"),
        ("07911123456", "07911123456"),
        ("06 12 34 56 78", "06 12 34 56 78"),
        ("0612345678", "0612345678"),
        ("089/1234567", "089/1234567"),
        ("030 12345678", "030 12345678"),
        ("0044 191 498 1234", "0044 191 498 1234"),
        ("(212) 867-5309", "(212) 867-5309"),
        ("212-867-5309", "212-867-5309"),
        ("212.867.5309", "212.867.5309"),
        ("call 212 867 5309", "212 867 5309"),
        ("call 1-212-867-5309", "212-867-5309"),
        ("call 1.212.867.5309", "212.867.5309"),
        ('<a href="tel:01914981234">call</a>', "01914981234"),
    ],
)
def test_phone_numbers_are_found(text, phone):
    assert found(text) == [phone]


@pytest.mark.parametrize(
    "text",
    [
        "+44 20 7946 0000",
        "01632 960123",
        "(212) 555-0123",
        "2026-10-12T09:00:00+01:00",
        "05/06/2026 1200",
        "02-11-2026",
        "978-3-16-148410-0",
        "ISBN 0679723420",
        "GTIN 04012345123456",
        "0 12345 67890 5",
        "order 2026-0000-1234",
        "£1,000,000 and +12 345 678",
        "54.9783, -1.6178",
        "The seed was 04 17 22 31 40 46.",
        "03-11-19-24-38-45",
        "version 212.867.5309.1",
        "0123456789abcdef",
        "media/kite.0123456789.webp",
        "0.123 456 789 0",
        "9 771234 567003",
        "12 345 678 901",
        "C++11 and a+1234567890",
    ],
)
def test_numbers_that_are_no_phone_numbers_are_not(text):
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("12 Mill Lane, Leeds LS1 4AB", "12 Mill Lane, Leeds LS1 4AB"),
        ("Flat 2, 12a Mill Lane,<br>Leeds<br>LS1 4AB", "2, 12a Mill Lane, Leeds, LS1 4AB"),
        ("123 Main St, Springfield, IL 62701", "123 Main St, Springfield, IL 62701"),
        ("4 N. Orange Grove Blvd., Los Angeles, CA 90036-1234", "4 N. Orange Grove Blvd., Los Angeles, CA 90036"),
        ("Hauptstraße 12, 10115 Berlin", "Hauptstraße 12, 10115 Berlin"),
        ("Hauptstr. 12a\n10115 Berlin", "Hauptstr. 12a 10115 Berlin"),
        ("12 rue de Rivoli, 75001 Paris", "12 rue de Rivoli, 75001 Paris"),
        ("Keizersgracht 123, 1015 CJ Amsterdam", "Keizersgracht 123, 1015 CJ Amsterdam"),
        ("Calle Mayor 5, 28013 Madrid", "Calle Mayor 5, 28013 Madrid"),
        ("Via Roma 7, 00184 Roma", "Via Roma 7, 00184 Roma"),
    ],
)
def test_postal_addresses_are_found(text, address):
    assert found(text) == [address]


@pytest.mark.parametrize(
    "text",
    [
        "The ferry leaves Leeds LS1 4AB at noon.",
        "We sold 12 Larks in 2026 Berlin loved them.",
        "In 2019, 10115 Berliners came.",
        "On 12 May 2026, the prize of 62701 dollars",
        "The Old Sail Loft, Fish Strand, Skellmouth NE0 7LK",
        "12 kites were torn, and one was found at LS1 4AB",
        "Fonts of 1200 Bold, 12 rue",
    ],
)
def test_places_that_are_nobodys_address_are_not(text):
    assert found(text) == []


PIECES = (
    *"0123456789 \n./-()+,:%<>aA\u00a0\u202fÄéЖ",
    *("+44 ", "0191", " 498", "-555-", "(212) ", "212.867", " 1234", " 00", "LS1 4AB", "tel:"),
    *("12 Fish Street", "</p>", "07911123456", "\ud800"),
    *("2025-08-08 09:00", "+2025-12-12 09,", "a-2025-12345", "-020 7946 "),
    *("Kalle Allee 7, ", "10115 Berlin", "9 Long Lane, Leeds ", " CA 94103", "2019 Ł", " 8000 Å"),
)


@example("Kalle Allee 7,\n10115 Berlin")
@example("ЖЖ 9 Long Lane, Leeds LS1 4AB and 9 Long Lane, Leeds\nLS1 4AB")
@example("+1(212)-(867)\u202f-(5309)")
@given(st.lists(st.sampled_from(PIECES), max_size=24).map("".join))
def test_the_quick_look_for_numbers_misses_none(text):
    assert find_numbers(text.encode("utf-8", "surrogatepass")) == find_numbers_closely(text)


SIGNS_OF_MAIL = (*'@%([.]) aé/;"\ud800', "at", "(at)", "[ at ]", "%40", "maria", "büro.example", "kite.png", "(dot)")


@given(st.lists(st.sampled_from(SIGNS_OF_MAIL), max_size=12).map("".join))
def test_the_quick_look_for_e_mail_addresses_misses_none(text):
    assert list(find_emails(text.encode("utf-8", "surrogatepass"))) == list(find_emails_closely(text))


def test_a_page_is_looked_at_in_all_its_parts():
    page = "<head><title>a@mail.example</title></head>{}<main>b@mail.example</main>{}"
    look = make_finder()

    def find(html):
        return look(cut_page(html.encode()))

    for _ in range(2):
        around = find(page.format("<p>c@mail.example</p>", "d@mail.example"))
        assert {text for _, text in around} == {f"{name}@mail.example" for name in "abcd"}
    assert [text for _, text in find(page.format("", ""))] == ["a@mail.example", "b@mail.example"]
    assert find("no mark e@mail.example") == (("email", "e@mail.example"),)
