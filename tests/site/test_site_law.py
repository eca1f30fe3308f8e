"""Law and networks in whole sites: profiles of a site's own, sentences on page and rules, jobs that can be won."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta

import pytest

from tests.support.profiles import FOLDER
from tests.support.site import NOW
from twinsite.build import BuildRequest, build_site
from twinsite.cache.memory import MemoryStore

PRIVACY = "---\ntitle: Privacy\n---\nWe keep entries until the winners are announced.\n"
CONTEST = """\
---
title: A cup of spring
kind_of: draw
sponsor: {name: Larkfield Coffee Ltd., contact: cups@larkfield.example}
opens: 2026-05-01 09:00
closes: 2026-07-01 18:00
jurisdictions: [ca]
prizes:
  - {name: Espresso machine, value: {amount: 640, currency: GBP}}
---

Show us your morning.
"""
CANADA = """\
name: Canada
checked: 2026-11-22
about: What the Competition Act asks of promotional contests.
lines:
  - id: skill
    rule: Criminal Code, section 206
    title: a question of skill
    source: https://laws-lois.justice.gc.ca/eng/acts/C-46/section-206.html
    need: {statement: Whoever is drawn answers a question of arithmetic for {sponsor.name}}
    how: The sentence is put on the page.
"""
ADDRESS = """\
  - id: address
    rule: Competition Act, section 74.06
    title: the sponsor's address
    source: https://laws-lois.justice.gc.ca/eng/acts/C-34/section-74.06.html
    need: {one_of: [sponsor.address]}
    how: 'Add "address:" below "sponsor:".'
"""
SAID = "Whoever is drawn answers a question of arithmetic for Larkfield Coffee Ltd."


def problems_of(result):
    """Errors and warnings; that an open contest is not locked is a notice."""
    told = [problem for problem in result.problems if problem.severity != "notice"]
    return [(problem.path, problem.line, problem.rule, problem.message) for problem in told]


@pytest.fixture
def site(make_site):
    quoted = CANADA.replace("{statement: Whoever", "{statement: 'Whoever").replace(
        "{sponsor.name}}", "{sponsor.name}'}"
    )
    return make_site({"content/contests/cup.md": CONTEST, "content/jurisdictions/ca.yaml": quoted})


def test_a_profile_of_the_site_puts_its_sentence_on_page_and_rules(site):
    result = site.build()
    assert problems_of(result) == []
    assert f'<li id="law-ca-skill">{SAID}</li>' in site.text("contests/cup/")
    assert SAID in site.text("contests/cup/rules/")
    assert "Canada" in site.text("contests/cup/")
    assert not any("jurisdictions" in path for path in site.files())


@pytest.mark.parametrize("fresh", [False, True])
def test_a_changed_profile_judges_every_contest_again(site, fresh):
    assert site.build().ok
    site.write("content/jurisdictions/ca.yaml", (site.folder / "content/jurisdictions/ca.yaml").read_text() + ADDRESS)
    result = site.build(use_cache=not fresh)
    assert problems_of(result) == [
        (
            "content/contests/cup.md",
            4,
            "law-requires",
            'ca: Competition Act, section 74.06, the sponsor\'s address: "sponsor.address" is missing.',
        )
    ]
    text = (site.folder / "content/jurisdictions/ca.yaml").read_text()
    site.write("content/jurisdictions/ca.yaml", text.replace(ADDRESS, "").replace("arithmetic", "algebra"))
    assert site.build().ok
    assert SAID.replace("arithmetic", "algebra") in site.text("contests/cup/")


def test_a_removed_profile_is_missed(site):
    assert site.build().ok
    site.delete("content/jurisdictions/ca.yaml")
    result = site.build()
    assert problems_of(result) == [
        (
            "content/contests/cup.md",
            7,
            "unknown-jurisdiction",
            'There is no profile of the jurisdiction "ca".',
        )
    ]


def test_a_profile_of_the_site_takes_the_place_of_ours(make_site):
    own = CANADA.replace(
        "{statement: Whoever is drawn answers a question of arithmetic for {sponsor.name}}", "{free_route: true}"
    )
    site = make_site({"content/contests/cup.md": CONTEST.replace("[ca]", "[uk]"), "content/jurisdictions/uk.yaml": own})
    assert [problem[3] for problem in problems_of(site.build())] == [
        'uk: Criminal Code, section 206, a question of skill: "entry.free_route" is missing.'
    ]


@pytest.mark.parametrize(
    ("old", "new", "line", "rule", "message"),
    [
        ("one_of: [sponsor.address]", "one_of: [sponsor.adress]", 15, "bad-profile",
         'A contest has no field "adress" in "sponsor". Did you mean "address"?'),
        ("one_of: [sponsor.address]", "one_of: [prices.*.value]", 15, "bad-profile",
         'A contest has no field "prices". Did you mean "prizes"?'),
        ("one_of: [sponsor.address]", "free_route: true, minimum_age: 13", 15, "bad-profile",
         "A line asks for exactly one thing; this one asks for free_route, minimum_age."),
        ("one_of: [sponsor.address]", "free_route: false", 15, "bad-profile",
         "A line asks for exactly one thing; this one asks for nothing."),
        ("one_of: [sponsor.address]", "statement: 'Write to {sponsor}'", 15, "bad-profile",
         '"{sponsor}" is no single text, so a sentence cannot name it.'),
        ("one_of: [sponsor.address]", "adress: true", 15, "unknown-field", 'There is no field "adress" in "need".'),
        ("  - id: address", "  - id: skill", 11, "bad-profile", 'There is another line with the id "skill".'),
        ("https://laws-lois.justice.gc.ca/eng/acts/C-34", "laws-lois", 14, "not-a-url",
         None),
    ],
)  # fmt: skip
def test_a_mistake_in_a_profile_is_told_at_its_line(site, old, new, line, rule, message):
    text = (site.folder / "content/jurisdictions/ca.yaml").read_text() + ADDRESS
    assert old in text
    site.write("content/jurisdictions/ca.yaml", text.replace(old, new))
    found = [problem for problem in problems_of(site.build()) if problem[0].endswith("ca.yaml")]
    assert [(path, at, name) for path, at, name, _ in found] == [("content/jurisdictions/ca.yaml", line, rule)]
    assert message is None or found[0][3] == message


@pytest.mark.parametrize(
    ("path", "content", "rule"),
    [
        ("content/jurisdictions/ca.yml", CANADA, "unknown-file"),
        ("content/jurisdictions/north/ca.yaml", CANADA, "unknown-file"),
        (
            "content/jurisdictions/New York.yaml",
            CANADA.replace("{sponsor.name}", "us").replace("{st", "{st"),
            "bad-profile",
        ),
        ("content/jurisdictions/ca.yaml", "", "not-fields"),
        ("content/jurisdictions/ca.yaml", "- a\n", "not-fields"),
        ("content/jurisdictions/ca.yaml", "name: [\n", "bad-yaml"),
        ("content/jurisdictions/ca.yaml", b"\xff\xfe", "not-utf-8"),
        ("content/platforms/pixelfed.yaml", "name: Pixelfed\n", "missing-field"),
    ],
)
def test_what_is_no_profile_is_a_problem(make_site, path, content, rule):
    site = make_site({path: content})
    found = {(problem[0], problem[2]) for problem in problems_of(site.build())}
    assert found == {(path, rule)}


def test_a_release_that_names_what_there_is_not(make_site):
    text = "name: Pixelfed\nchecked: 2026-11-22\nsource: https://pixelfed.org/\nrelease: '{owner} is released.'\n"
    site = make_site({"content/platforms/pixelfed.yaml": text})
    assert problems_of(site.build()) == [
        ("content/platforms/pixelfed.yaml", 4, "bad-profile", '"{owner}" stands for nothing here.')
    ]


JOB = """\
  - name: A season with us
    description: Six months at the "bench" & on the road.
    position:
      title: Social media intern
      programme: aloft
      pay: {amount: 14.20, currency: GBP, per: hour}
      starts: 2026-09-01
      ends: 2027-02-26
      hours_per_week: 24
      place: Leeds
      country: GB
      supervisor: Noor Haddad
      employer: Larkfield Coffee Ltd.
      duties: [Write posts, Answer comments]
"""
PROGRAMME = "---\ntitle: Aloft\npurpose: To learn.\npaid: true\n---\nText.\n"


def jobs_of(html):
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.S)
    objects = [
        item
        for text in found
        for value in [json.loads(text)]
        for item in (value if isinstance(value, list) else [value])
    ]
    return [one for one in objects if one["@type"] == "JobPosting"]


def make_job_site(make_site, job=JOB):
    contest = CONTEST.replace("jurisdictions: [ca]\n", "").replace("prizes:\n", f"prizes:\n{job}")
    return make_site({"content/contests/cup.md": contest, "content/programmes/aloft.md": PROGRAMME})


def test_a_position_is_told_to_search_engines_while_it_can_be_won(make_site):
    site = make_job_site(make_site)
    assert problems_of(site.build()) == []
    (job,) = jobs_of(site.text("contests/cup/"))
    assert job == {
        "@context": "https://schema.org",
        "@type": "JobPosting",
        "title": "Social media intern",
        "description": '<p>Six months at the "bench" &amp; on the road.</p><ul><li>Write posts</li>'
        "<li>Answer comments</li></ul>",
        "datePosted": "2026-05-01",
        "validThrough": "2026-07-01T18:00:00+01:00",
        "employmentType": "INTERN",
        "hiringOrganization": {"@type": "Organization", "name": "Larkfield Coffee Ltd."},
        "jobStartDate": "2026-09-01",
        "workHours": "24 hours a week",
        "baseSalary": {
            "@type": "MonetaryAmount",
            "currency": "GBP",
            "value": {"@type": "QuantitativeValue", "value": "14.20", "unitText": "HOUR"},
        },
        "jobLocation": {
            "@type": "Place",
            "address": {"@type": "PostalAddress", "addressLocality": "Leeds", "addressCountry": "GB"},
        },
    }
    for path in site.files():
        if path.endswith(".html") and path != "contests/cup/index.html":
            assert jobs_of(site.text(path)) == [], path


def test_all_that_search_engines_are_told_of_a_position_is_visible(make_site):
    site = make_job_site(make_site)
    site.build()
    page = re.sub(r"<script.*?</script>", "", site.text("contests/cup/"), flags=re.S)
    for words in ("Social media intern", "Six months at the", "Write posts", "Leeds, United Kingdom", "24 a week"):
        assert words in page
    assert "£14.20" in page
    assert "Larkfield Coffee Ltd." in page
    assert "1 September 2026" in page
    assert '<a href="../../programmes/aloft/">Aloft</a>' in page
    assert "A cup of spring" in site.text("programmes/aloft/")


OPENS, CLOSES = datetime(2026, 5, 1, 8, 0, tzinfo=UTC), datetime(2026, 7, 1, 17, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("moment", "told"),
    [
        (OPENS - timedelta(seconds=1), 0),
        (OPENS, 1),
        (CLOSES - timedelta(seconds=1), 1),
        (CLOSES, 0),
        (CLOSES + timedelta(days=400), 0),
    ],
)
def test_only_while_the_contest_is_open(make_site, moment, told):
    site = make_job_site(make_site)
    site.build(now=moment)
    assert len(jobs_of(site.text("contests/cup/"))) == told


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("      country: GB\n", "", 0),
        ("      place: Leeds\n", "      remote: true\n", 1),
        ("      country: GB\n", "      country: GB\n      remote: true\n", 1),
        ("per: hour", "per: total", 1),
        ("      pay: {amount: 14.20, currency: GBP, per: hour}\n", "      unpaid: true\n", 1),
        ('    description: Six months at the "bench" & on the road.\n', "", 1),
    ],
)
def test_a_job_is_told_only_with_all_that_is_required(make_site, old, new, told):
    assert old in JOB
    site = make_job_site(make_site, JOB.replace(old, new))
    site.build()
    found = jobs_of(site.text("contests/cup/"))
    assert len(found) == told
    for job in found:
        assert {"title", "description", "datePosted", "hiringOrganization"} <= job.keys()
        assert "jobLocation" in job or {"jobLocationType", "applicantLocationRequirements"} <= job.keys()
        assert ("baseSalary" in job) == (new == "" or "remote" in new)


def test_one_job_a_page(make_site):
    site = make_job_site(make_site, JOB + JOB.replace("A season with us", "Another season"))
    site.build()
    assert jobs_of(site.text("contests/cup/")) == []


UNPAID = JOB.replace("pay: {amount: 14.20, currency: GBP, per: hour}", "unpaid: true")


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ("country: US", True),
        ("country: US\n      employer_type: for_profit", True),
        ("country: US\n      employer_type: non_profit", False),
        ("country: US\n      employer_type: public", False),
        ("country: US\n      unpaid_review: Our counsel weighed the seven factors on 2 March 2026.", False),
        ("country: GB", False),
    ],
)
def test_unpaid_work_at_a_company_in_the_united_states_is_warned_of(make_site, more, told):
    site = make_job_site(make_site, UNPAID.replace("country: GB", more))
    found = [problem for problem in site.build().problems if problem.rule == "law-may-apply"]
    assert len(found) == told
    for problem in found:
        assert problem.severity == "warning"
        assert problem.message.startswith(
            "us: DOL Fact Sheet 71, unpaid interns at companies run for profit: "
            'the position "Social media intern" is unpaid'
        )
        assert "seven factors of the primary-beneficiary test" in problem.hint
        assert "https://www.dol.gov/agencies/whd/fact-sheets/71-flsa-internships" in problem.hint


def test_a_contest_without_jurisdictions_is_asked_nothing(make_site):
    site = make_site({"content/contests/cup.md": CONTEST.replace("jurisdictions: [ca]\n", "")})
    assert problems_of(site.build()) == []
    assert "law-" not in site.text("contests/cup/")


def test_the_same_sentence_is_said_once(make_site):
    text = (FOLDER / "uk" / "good.md").read_text(encoding="utf-8").replace("[uk]", "[uk, us, eu]")
    text = text.replace("  cost: free\n", "  cost: free\n  reviews: true\n").replace(
        "  minimum_age: 18\n", "  minimum_age: 18\n  excluded: [us]\n"
    )
    site = make_site({"content/contests/cup.md": text, "content/pages/privacy.md": PRIVACY})
    assert problems_of(site.build(now=NOW)) == []
    page = site.text("contests/cup/")
    assert page.count("it makes no difference to your chance.") == 1
    assert page.count("Void where prohibited by law.") == 1


def test_a_sentence_in_another_language_says_so(site):
    site.write("site.yaml", "title: Gut\nlanguage: de\nbase_url: https://example.org/\ntimezone: Europe/Berlin\n")
    assert site.build().ok
    assert f'<li id="law-ca-skill" lang="en">{SAID}</li>' in site.text("contests/cup/")
    path = site.folder / "content/jurisdictions/ca.yaml"
    path.write_text("language: de\n" + path.read_text())
    assert site.build().ok
    assert f'<li id="law-ca-skill">{SAID}</li>' in site.text("contests/cup/")


def test_a_preview_judges_again_too(site):
    memory = MemoryStore()
    request = BuildRequest(site.folder, site.output, now=NOW, preview=True, write=True)
    assert build_site(request, memory).ok
    path = site.folder / "content/jurisdictions/ca.yaml"
    path.write_text(path.read_text() + ADDRESS)
    assert [problem.rule for problem in build_site(request, memory).problems if problem.severity == "error"] == [
        "law-requires"
    ]
    path.write_text(path.read_text().replace(ADDRESS, "").replace("arithmetic", "geometry"))
    assert build_site(request, memory).ok
    assert SAID.replace("arithmetic", "geometry") in site.text("contests/cup/")


COSTLY = CONTEST.replace("jurisdictions: [ca]\n", "").replace(
    "prizes:\n",
    """\
entry:
  methods: [{type: mail, instructions: Send the lid of a tin.}]
  cost: purchase
  cost_note: A tin costs 6 GBP.
  proof_of_purchase: The lid.
  free_route: Send a drawing of a lid.
cash_alternative: true
draw_method: Drawn by a child who does not read.
prizes_sent: In August.
availability: While tins last.
prizes:
""",
)


def test_page_and_rules_say_what_a_purchase_means(make_site):
    site = make_site({"content/contests/cup.md": COSTLY})
    assert problems_of(site.build()) == []
    page, rules = site.text("contests/cup/"), site.text("contests/cup/rules/")
    for words in ("A tin costs 6 GBP.", "The lid.", "Send a drawing of a lid.", "While tins last.", "In August."):
        assert words in page, words
        assert words in rules, words
    assert "You need not buy anything" not in rules
    assert "To enter you must buy something." in rules
    assert "Winners may take money instead of a prize" in rules
    assert "cannot be exchanged for money" not in rules
    assert "Drawn by a child who does not read." in page
    assert "Drawn by a child who does not read." in rules


@pytest.mark.parametrize(("since", "told"), [("2026-05-01", 1), ("2026-05-02", 0), ("2019-04-01", 1)])
def test_a_line_asks_nothing_of_contests_from_before_its_rule(site, since, told):
    path = site.folder / "content/jurisdictions/ca.yaml"
    path.write_text(path.read_text() + ADDRESS + f"    when: {{since: {since}}}\n")
    assert len(problems_of(site.build())) == told


SIGNIFICANT = {
    "how to participate": "Send one picture.",
    "costs": "Something must be bought",
    "a free way": "Send a postcard to the address of the sponsor.",
    "start": '<time class="when" datetime="2026-05-01T09:00:00+01:00"',
    "end": '<time class="when" datetime="2026-07-01T18:00:00+01:00"',
    "proof of purchase": "Keep the receipt.",
    "prizes": "Espresso machine",
    "their worth": "£640",
    "places": "United Kingdom",
    "age": "aged 18 or over",
    "availability": "Marked packs are sold until 1 June 2026.",
    "promoter": "Larkfield Coffee Ltd.",
    "address": "The Old Mill, Leeds",
    "limit": "One entry for each person",
    "cash": "Money instead of a prize",
    "telling": "By e-mail within seven days of closing.",
    "judges": "Wilma Teasdale",
    "privacy": 'href="../../privacy/"',
}
"""What the CAP Code, 8.17 and 8.28, wants to be known before one enters, and how the page says it."""


def test_every_significant_condition_stands_on_the_page_itself(make_site):
    text = (FOLDER / "uk" / "availability.md").read_text(encoding="utf-8")
    text = text.replace("privacy_url", "availability: Marked packs are sold until 1 June 2026.\nprivacy_url")
    site = make_site({"content/contests/cup.md": text, "content/pages/privacy.md": PRIVACY})
    assert problems_of(site.build()) == []
    main = site.text("contests/cup/").partition("<main")[2].partition("</main>")[0]
    assert [name for name, words in SIGNIFICANT.items() if words not in main] == []


def test_a_registration_says_when_or_why_not(make_site):
    text = (FOLDER / "us" / "new-york.md").read_text(encoding="utf-8")
    entry = "registrations:\n  - {place: New York}\n"
    site = make_site(
        {"content/contests/cup.md": text.replace("registrations:\n", entry), "content/pages/privacy.md": PRIVACY}
    )
    assert [problem[3] for problem in problems_of(site.build())] == [
        "us: N.Y. Gen. Bus. Law 369-e, registration and bond: nothing says when it was filed in New York, nor why that "
        "is not needed."
    ]
    site.write(
        "content/contests/cup.md",
        text.replace("registrations:\n", entry.replace("York}", "York, not_needed: Not open there}")),
    )
    assert problems_of(site.build()) == []


@pytest.mark.parametrize(
    ("currency", "quantity", "told"), [("USD", 7, 0), ("USD", 8, 1), ("GBP", 7, 0), ("GBP", 8, 1), ("EUR", 9, 1)]
)
def test_sums_in_other_currencies_may_be_too_high_as_well(make_site, currency, quantity, told):
    text = (FOLDER / "us" / "good.md").read_text(encoding="utf-8")
    text = text.replace(
        "    value: {amount: 640, currency: USD}",
        f"    quantity: {quantity}\n    value: {{amount: 640, currency: {currency}}}",
    )
    site = make_site({"content/contests/cup.md": text, "content/pages/privacy.md": PRIVACY})
    messages = [problem[3] for problem in problems_of(site.build())]
    assert len(messages) == 2 * told
    assert all(f"the prizes are worth {640 * quantity} {currency}, " in message for message in messages)
    assert all(("may be more than" in message) == (currency != "USD") for message in messages)


def test_what_is_missing_altogether_is_told_where_it_is_asked_for(make_site):
    text = CONTEST.replace("[ca]", "[us, eu]")
    site = make_site({"content/contests/cup.md": text})
    lines = {(problem.rule, problem.line) for problem in site.build().problems if '"entry.methods"' in problem.message}
    assert lines == {("law-requires", 7)}


def test_profiles_are_not_read_where_no_contest_asks(make_site, monkeypatch):
    from twinsite import inputs

    def read():
        raise AssertionError("nobody asked")

    monkeypatch.setattr(inputs, "read_package_law", read)
    site = make_site({"content/contests/cup.md": CONTEST.replace("jurisdictions: [ca]\n", "")})
    assert site.build(jobs=1).ok
