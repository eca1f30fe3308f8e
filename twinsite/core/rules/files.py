"""Rules of files and folders: what may lie where, and what a file must be before anything in it is read."""

from __future__ import annotations

from typing import Final

from twinsite.core.rules.rule import Group, Rule

FILES: Final = Group(
    "Files and folders",
    "What may lie where in the site's folder, and whether a file can be read at all.",
    (
        Rule(
            "no-settings",
            "error",
            "There is no site.yaml",
            "The folder in which a command runs is taken for a site's folder, and a site begins with its settings.",
            "Run the command in the folder of your site, name that folder with --site, or begin a new site.",
            "twinsite build",
            "twinsite build --site my-site",
            language="sh",
        ),
        Rule(
            "no-content",
            "error",
            "There is no content folder",
            "Everything that editors write lies in the folder content, beside site.yaml. Without it nothing can be "
            "built, and an empty site would replace the one you have.",
            "Create the folder content, or run the command in the right folder.",
            "my-site/\n  site.yaml\n  Contents/",
            "my-site/\n  site.yaml\n  content/",
            language="text",
        ),
        Rule(
            "unknown-folder",
            "error",
            "A folder of content that no kind has",
            "The folder says what a file is: what lies in contests is a contest. A folder with another name would be "
            "left out without a word.",
            "Move its files to the folder of their kind, or correct its name.",
            "content/contest/spring.md",
            "content/contests/spring.md",
            language="text",
        ),
        Rule(
            "unknown-file",
            "error",
            "A file that has no place there",
            "Directly in content lies only index.md, the text of the home page; in content/data lie only tables. "
            "A record is called index.md only in a folder of its own, and only lists and folders of pages have an "
            "_index.md. Any other file there would never be published.",
            "Move a page to content/pages, a file to publish as it is to content/static, a table to content/data.",
            "content/about.md",
            "content/pages/about.md",
            language="text",
        ),
        Rule(
            "wrong-ending",
            "error",
            "A file that was probably meant as a record",
            "Records are files whose names end in .md, in small letters. A file such as spring.MD or spring.markdown "
            "would otherwise be missing from the site.",
            "Rename the file.",
            "content/contests/spring.markdown",
            "content/contests/spring.md",
            language="text",
        ),
        Rule(
            "cannot-read",
            "error",
            "A file or folder cannot be read",
            "The computer refuses to open it: its permissions forbid it, or it has gone.",
            "Check the permissions of the file, and that it is still there.",
        ),
        Rule(
            "changed-while-building",
            "error",
            "A file that changed during the build",
            "Between being read and being shown the file became another one, three times in a row: a program keeps "
            "writing to the folder of the site. A build shows the site of one moment or none at all.",
            "Wait until no program writes to the folder any more, then build again.",
        ),
        Rule(
            "broken-symlink",
            "error",
            "A link to a file that is not there",
            "The file is a symbolic link, and nothing is at its other end, so its content is unknown.",
            "Remove the link, or put the file back to which it leads.",
        ),
        Rule(
            "link-outside-site",
            "error",
            "A link that leads out of the site's folder",
            "A symbolic link to a place outside the site could publish what was never meant to be seen, and on another "
            "computer it leads nowhere.",
            "Copy the file into the site instead of linking to it.",
        ),
        Rule(
            "symlink-loop",
            "error",
            "A link that leads back to itself",
            "A symbolic link to a folder above it makes a folder without an end.",
            "Remove the link.",
        ),
        Rule(
            "folder-too-deep",
            "error",
            "Folders inside folders without end",
            "Nobody finds anything a hundred folders down, and many systems cannot open it. A folder copied into "
            "itself is the usual cause.",
            "Move what is in them further up, or remove the copy.",
        ),
        Rule(
            "not-utf-8",
            "error",
            "A file that is not saved as UTF-8",
            "Text is read as UTF-8, which every editor can write. In another encoding, accents and quotes turn into "
            "wrong letters.",
            'Save the file again with the encoding UTF-8; most editors call it "Save with encoding".',
        ),
        Rule(
            "null-byte",
            "error",
            "A null byte in a text",
            "A null byte stands in no text. It comes from a damaged disk, or from a picture or document with the wrong "
            "name.",
            "Delete it, or replace the file with a good copy.",
        ),
        Rule(
            "empty-file",
            "error",
            "An empty file",
            "A record needs at least its front matter, a table at least the names of its columns. An empty file is "
            "often one that was not saved.",
            "Write the fields, or delete the file.",
            "",
            "---\ntitle: Spring contest\n---",
        ),
        Rule(
            "file-too-large",
            "error",
            "A file that is far too large to be read as text",
            "A page or table of that size would open slowly in every browser, and reading it would slow down every "
            "build.",
            "Split it, or publish it as a file from content/static.",
        ),
        Rule(
            "missing-front-matter",
            "error",
            "A file without front matter",
            "A record begins with its fields between two lines of three hyphens. Without them it has no title.",
            "Put the fields above the text, between two lines ---.",
            "Spring is here.",
            "---\ntitle: Spring contest\n---\nSpring is here.",
        ),
        Rule(
            "bad-fence",
            "error",
            "A line that was probably meant as ---",
            "The line before the fields and the line after them are exactly three hyphens; the first stands on the "
            "first line of the file. Anything else makes the fields part of the text, or the text part of the fields.",
            "Write three hyphens alone on the line.",
            "—\ntitle: Spring contest\n—",
            "---\ntitle: Spring contest\n---",
        ),
        Rule(
            "unclosed-front-matter",
            "error",
            "Front matter without an end",
            "The fields begin with --- and there is no second line --- after them.",
            "Put a line --- below the last field.",
            "---\ntitle: Spring contest\n\nSpring is here.",
            "---\ntitle: Spring contest\n---\n\nSpring is here.",
        ),
        Rule(
            "front-matter-too-large",
            "error",
            "Front matter of more than a million bytes",
            "Fields are short. Front matter of that size is a mistake, or a table that belongs elsewhere.",
            "Move long texts below the second line ---, and tables to content/data.",
        ),
        Rule(
            "missing-file",
            "error",
            "A file that is named and not there",
            "A field, a component or the logo in site.yaml names a file, and there is none of that name. Capital "
            "letters count, even where your own computer does not tell them apart.",
            "Put the file beside the record, or correct its name.",
            "image:\n  src: Poster.JPG",
            "image:\n  src: poster.jpg",
        ),
        Rule(
            "broken-picture",
            "error",
            "A picture that cannot be opened",
            "The file is empty, cut off or damaged, or no picture at all. Visitors would see a broken frame.",
            "Open it in a picture editor and save it again, or copy it once more from where it came.",
        ),
        Rule(
            "picture-too-large",
            "error",
            "A picture of more than 50 megapixels",
            "No page needs a picture that large, and making it smaller takes more memory than many computers have.",
            "Save it smaller: 4000 pixels wide is plenty.",
        ),
        Rule(
            "not-a-picture",
            "error",
            "A file that browsers do not show as a picture",
            "Photos as telephones store them (HEIC), TIFF, PDF and others do not open in every browser, and may say "
            "where they were taken: Twinsite can take that out of JPEG, PNG, WebP and GIF alone.",
            "Export it as JPEG, PNG or WebP.",
            "image: {src: IMG_0412.HEIC, alt: Our stand}",
            "image: {src: stand.jpg, alt: Our stand}",
        ),
        Rule(
            "wrong-picture-type",
            "error",
            "A picture whose name says another format",
            "Servers tell browsers the format by the file's name. A PNG called .jpg, or a photo in a phone's own "
            "format, does not open everywhere.",
            "Rename it as the message says, or export it as JPEG, PNG or WebP.",
            "poster.jpg   (in truth a PNG)",
            "poster.png",
            language="text",
        ),
    ),
)
