"""The write room: takes finished bytes, gives a folder that is exactly the site.

It touches only the output folder. It writes what changed, deletes what an earlier build of ours made and this one does
not, and never touches a file that Twinsite did not write. It must not know what a page is, nor read the site's sources.
"""
