"""Networks on which people enter: which are meant, what is said of them, clear tags, and ways that they forbid."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.law import make_law, read_packaged
from tests.support.records import make_record
from twinsite.core.law import Platform
from twinsite.kinds.contest import KIND
from twinsite.kinds.contest.phrases import find_phrase, split_clauses
from twinsite.kinds.contest.statements import list_owed, list_releases
from twinsite.kinds.disclosure import is_disclosing

CONTEST = """\
title: A cup of spring
kind_of: draw
sponsor: {name: Larkfield Coffee Ltd.}
opens: 2026-03-02 09:00
closes: 2026-04-02 18:00
prizes: [{place: 1, name: Machine, value: {amount: 640, currency: GBP}}]
"""
POST = {"type": "post", "platform": "Instagram", "hashtag": "#Cup", "disclosure_tag": "#contest"}


def make(*methods, **entry):
    given = [{name: value for name, value in method.items() if value is not None} for method in methods]
    return make_record(KIND, CONTEST, entry={"methods": given, **entry})


def check(*methods, law=None, **entry):
    return KIND.check_law(make(*methods, **entry), "x.md", law or make_law())


def rules(*methods, **entry):
    return [problem.rule for problem in check(*methods, **entry)]


def released(*methods, law=None):
    return [one.id for one in list_releases(make(*methods), law or make_law())]


def told_of(text, platform="Facebook", kind="post"):
    """What is forbidden of some instructions: the words that were found."""
    found = check({**POST, "type": kind, "platform": platform, "instructions": text, "url": "https://x.example/f"})
    return [problem.message.split('"')[1] for problem in found if problem.rule == "forbidden-entry"]


@pytest.mark.parametrize(
    ("method", "names"),
    [
        (POST, ["instagram"]),
        ({**POST, "platform": "insta"}, ["instagram"]),
        ({**POST, "platform": "Instagram or TikTok, YouTube & X"}, ["instagram", "tiktok", "youtube", "x"]),
        ({**POST, "platform": "X (formerly Twitter)"}, ["x"]),
        ({**POST, "instructions": "Post it here or on Threads."}, ["instagram", "threads"]),
        ({**POST, "platform": None, "instructions": "Post it on Bluesky."}, ["bluesky"]),
        ({"type": "form", "url": "https://www.facebook.com/larkfield/form"}, ["facebook"]),
        ({"type": "form", "url": "https://notfacebook.com/form"}, []),
        ({"type": "form", "url": "https://forms.example/f", "instructions": "As seen on Instagram."}, []),
        ({"type": "mail", "instructions": "Loose threads and all."}, []),
        ({**POST, "instructions": "Show the threads, as many as x marks."}, ["instagram"]),
    ],
)
def test_the_platforms_of_a_way_to_enter(method, names):
    assert released(method) == [f"release-{name}" for name in names]


def test_a_release_names_platform_and_sponsor_and_the_page_owes_it():
    (release,) = list_releases(make(POST), make_law())
    assert release.text.startswith(
        "This contest is in no way sponsored, endorsed or administered by, or associated with, Instagram. "
        "By entering there, you release Instagram completely from any claim"
    )
    assert release.text.endswith("what you tell us, you tell Larkfield Coffee Ltd. and not Instagram.")
    assert list_owed(make(POST), make_law()) == (
        ("release-instagram", f'Instagram, terms for promotions: "{release.text}"'),
    )


@pytest.mark.parametrize("name", sorted(read_packaged().platforms))
def test_every_platform_is_released_and_denies_its_part(name):
    platform = read_packaged().platforms[name]
    text = platform.release
    assert "sponsored, endorsed or administered by, or associated with, {platform}" in text
    assert "release" in text
    assert "completely from any claim" in text
    assert released({**POST, "platform": platform.name}) == [f"release-{name}"]


def test_a_platform_of_the_site_itself():
    own = Platform(
        name="Pixelfed", checked="2026-11-22", source="https://pixelfed.org/", release="{platform} is released."
    )
    law = make_law(platforms={"pixelfed": own})
    assert [problem.rule for problem in check({**POST, "platform": "Pixelfed"})] == ["unknown-platform"]
    assert check({**POST, "platform": "Pixelfed"}, law=law) == ()
    (release,) = list_releases(make({**POST, "platform": "pixelfed"}), law)
    assert release.text == "Pixelfed is released."


@pytest.mark.parametrize(
    ("word", "guess"),
    [("Instagran", ' Did you mean "Instagram"?'), ("Facebok", ' Did you mean "Facebook"?'), ("Orkut", "")],
)
def test_an_unknown_platform(word, guess):
    (problem,) = check({**POST, "platform": word})
    assert (problem.rule, problem.field) == ("unknown-platform", ("entry", "methods", 0, "platform"))
    assert problem.message == f'There is no platform "{word}", so the page has no release for it.{guess}'
    assert problem.hint.startswith("Write one of: Bluesky, Facebook, Instagram, LinkedIn, Mastodon, Pinterest, ")
    assert problem.hint.endswith(f"Or describe it in content/platforms/{word.lower()}.yaml.")


def test_a_post_needs_its_platform_and_its_tag():
    assert rules({**POST, "platform": None}) == ["entry-platform-missing"]
    assert rules({**POST, "disclosure_tag": None}) == ["entry-tag-missing"]
    assert rules({**POST, "disclosure_tag": "#Cup"}) == ["entry-tag-unclear"]
    assert rules({"type": "email", "url": "mailto:a@b.example"}) == []


@pytest.mark.parametrize(
    "tag",
    "contest Contest XYZcontestentry CupOfSpringContest sweepstakes LarkSweepstake giveaway AcmeGiveaway2026 ad AD "
    "ad_acme AdByAcme adAcme ads advert advertisement advertising ad2026".split(),
)
def test_a_clear_tag(tag):
    assert is_disclosing(tag, read_packaged().labels)


@pytest.mark.parametrize(
    "tag",
    "WanderingSole AcmeRules CupOfSpring adventure Adventure ADVENTURE adidas Adele spon partner sponsored brandad "
    "ambassador collab addicted road ".split(),
)
def test_a_tag_that_tells_readers_nothing(tag):
    assert not is_disclosing(tag, read_packaged().labels)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Tag three friends in a comment.", "Tag three friends"),
        ("Post your cup on our page and tag two of your friends.", "tag two of your friends"),
        ("Just tag a friend", "tag a friend"),
        ("You must tag someone.", "tag someone"),
        ("Enter by tagging three mates", "tagging three mates"),
        ("Don’t forget to tag your friends!", "tag your friends"),
        ("Share this post on your timeline.", "Share this post on your timeline"),
        ("Comment, then share it publicly on your own timeline to enter.", "share it publicly on your own timeline"),
        ("To enter, repost our picture to your profile.", "repost our picture to your profile"),
        ("Like our page to enter.", "Like our page"),
        ("Like, comment and follow us.", "Like, comment and follow us"),
        ("An extra chance for following our page.", "following our page"),
        ("Invite five friends to the event.", "Invite five friends"),
    ],
)
def test_facebook_forbids(text, words):
    assert told_of(text) == [words]


@pytest.mark.parametrize(
    "text",
    [
        "Post a picture on our page with the tag.",
        "You need not tag anybody.",
        "Do not tag your friends.",
        "No need to share it on your timeline.",
        "Nobody has to like our page.",
        "Tagging friends does not count and is not needed.",
        "Whether you follow us makes no difference.",
        "If you follow us you hear of the winners first, but it does not help.",
        "Post with the tag and ask your friends for a picture of you.",
        "Use the tag #Cup; friends may enter too.",
        "Comment on our post with a picture of your friends.",
        "The share of sugar matters to friends of coffee.",
        "Write in a comment whom you would take along, without tagging them.",
        "Tell us what you like about the pages of the book.",
        "We like people like us.",
        "Show what follows on the next page.",
        "Post it on our page, not on your timeline.",
        "We post the results on our timeline.",
        "Send a film of something that people tag as impossible.",
    ],
)
def test_few_false_alarms(text):
    assert told_of(text) == []


def test_a_way_is_forbidden_only_where_the_network_forbids_it():
    assert told_of("Follow us and tag a friend.", "X") == []
    assert told_of("Tag a friend.", "Instagram") == []
    assert told_of("Tag yourself in our picture.", "Instagram") == ["Tag yourself in our"]
    assert told_of("Whoever posts the most wins.", "X") == ["posts the most"]
    assert told_of("Repost it as often as you can.", "X") == ["Repost it as often as you can"]
    assert told_of("Enter from several accounts.", "X") == ["Enter from several accounts"]
    assert told_of("Save this Pin.", "Pinterest") == ["Save this Pin"]
    assert told_of("Vote by saving your favourite.", "Pinterest") == ["Vote by saving"]
    assert told_of("By entering you transfer all rights to us.", "YouTube") == ["transfer all rights"]


def test_a_clause_that_names_a_network_is_about_that_one():
    text = "On Facebook say in a comment what you drink. On Instagram tag a friend."
    assert told_of(text, "Facebook, Instagram") == []
    assert told_of("On Instagram show a cup. On Facebook tag a friend.", "Facebook, Instagram") == ["tag a friend"]
    assert told_of("On our Facebook page tag a friend.", None, kind="form") == ["tag a friend"]


def test_what_is_forbidden_is_told_once_with_its_rule_and_a_way_out():
    (problem,) = check({**POST, "platform": "Facebook", "instructions": "Tag a friend. Then tag another friend."})
    assert problem.field == ("entry", "methods", 0, "instructions")
    assert problem.message == (
        '"Tag a friend": Friend connections must not be used to run a promotion on Facebook. '
        "(Facebook, Pages, Groups and Events Policies, Promotions)"
    )
    assert problem.hint == (
        "Ask people to say in a comment whom they would take along, without tagging them. "
        "See https://www.facebook.com/policies_center/pages_groups_events"
    )


@pytest.mark.parametrize(("cost", "told"), [("purchase", 1), ("payment", 1), ("free", 0), (None, 0)])
def test_youtube_takes_free_contests_only(cost, told):
    found = check({**POST, "platform": "YouTube"}, cost=cost)
    assert [problem.rule for problem in found] == ["forbidden-entry"] * told
    assert check({**POST, "platform": "TikTok"}, cost=cost) == ()


def test_every_forbidden_line_finds_its_own_words():
    for platform in read_packaged().platforms.values():
        for line in platform.forbidden:
            for action in line.actions:
                for target in line.targets:
                    clause = f"{action.capitalize()} {target}"
                    assert find_phrase(clause, line.actions, line.targets, line.within) == clause


def test_clauses_end_where_sentences_do():
    assert list(split_clauses("Tag us; bring friends (all of them). Go!")) == [
        "Tag us", "bring friends", "all of them", "Go",
    ]  # fmt: skip


FACEBOOK = read_packaged().platforms["facebook"].forbidden
PHRASES = [(line, f"{action} {target}") for line in FACEBOOK for action in line.actions for target in line.targets]
PLAIN = st.sampled_from("cup morning picture table spoon sugar kettle window Monday number".split())


@given(
    st.sampled_from(PHRASES), st.sampled_from(["You need not ", "Do not ", "Nobody has to ", "Never "]), st.lists(PLAIN)
)
def test_what_is_denied_is_never_forbidden(phrase, denial, words):
    line, asked = phrase
    clause = f"{denial}{asked} {' '.join(words)}"
    assert find_phrase(clause, line.actions, line.targets, line.within) is None


@given(st.sampled_from(PHRASES), st.lists(PLAIN), st.lists(PLAIN), st.sampled_from([str.lower, str.upper, str.title]))
def test_what_is_asked_is_found_whatever_stands_around_it(phrase, before, after, case):
    line, asked = phrase
    text = f"{' '.join(before)}. {case(asked)} {' '.join(after)}. {' '.join(before)}"
    found = [find_phrase(clause, line.actions, line.targets, line.within) for clause in split_clauses(text)]
    assert case(asked) in found


@given(st.lists(PLAIN, max_size=30))
def test_words_that_ask_for_nothing_are_never_forbidden(words):
    for line in FACEBOOK:
        assert find_phrase(" ".join(words), line.actions, line.targets, line.within) is None


@given(st.text())
def test_no_text_breaks_the_reader_of_instructions(text):
    for clause in split_clauses(text):
        for line in FACEBOOK:
            found = find_phrase(clause, line.actions, line.targets, line.within)
            assert found is None or found in clause
