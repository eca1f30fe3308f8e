"""Plain files: published as they are, never together with what version control keeps beside them."""

from __future__ import annotations


def test_a_nojekyll_of_ones_own_is_no_clash(make_site):
    site = make_site({"content/static/.nojekyll": ""})
    result = site.build()
    assert [problem.rule for problem in result.problems if problem.severity == "error"] == []
    assert site.text(".nojekyll") == ""


def test_history_is_not_published(make_site):
    site = make_site(
        {
            "content/static/.git/config": "url = https://user:SECRET@code.example/x",
            "content/static/shop/.svn/entries": "SECRET",
            "content/static/.well-known/security.txt": "Contact: mailto:a@example.org",
        }
    )
    assert site.build().ok
    assert site.text(".well-known/security.txt").startswith("Contact")
    assert not [path for path, data in site.files().items() if b"SECRET" in data]
