"""All that is wrong with all files is told in one run, whichever room finds it."""

from __future__ import annotations


def test_yaml_and_fields_and_settings_in_one_run(make_site):
    site = make_site(
        {
            "content/pages/a.md": "---\ntitle: A\nsummary: Spring: fun\nwinner: x\nweight: !!int 3\ntags: x\n---\n",
            "content/pages/b.md": "---\ntitle: [B\nfoo: x\n---\n",
            "content/pages/c.md": "---\nweight: 1,000\n---\n",
        },
    )
    problems = site.build().problems
    assert [(problem.path[-4:], problem.line, problem.rule) for problem in problems] == [
        ("a.md", 3, "needs-quotes"),
        ("a.md", 4, "unknown-field"),
        ("a.md", 5, "yaml-tag"),
        ("a.md", 6, "value-for-list"),
        ("b.md", 2, "unclosed-bracket"),
        ("b.md", 3, "unknown-field"),
        ("c.md", 2, "missing-field"),
        ("c.md", 2, "not-a-whole-number"),
    ]
