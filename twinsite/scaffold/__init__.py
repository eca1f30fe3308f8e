"""Starting a site and adding a record: what ``twinsite init`` and ``twinsite new`` write.

Takes a folder, the present and a title; writes files that are not there yet, and says which. It never overwrites one,
never asks, and never prints.
"""

from twinsite.scaffold.record import NewResult, new_record
from twinsite.scaffold.site import InitResult, init_site

__all__ = ["InitResult", "NewResult", "init_site", "new_record"]
