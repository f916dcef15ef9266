"""Who opened, changed, exported or was refused what: the log that nobody can mend.

`record` is what the rest of the app calls. The rows form a chain under a key from the key
file (chain.py); `verify` walks it and tells the first place where something was changed,
removed, inserted or cut off; `end` is what is mailed, so that an anchor exists outside.
"""

from sv_helpdesk.access_log.chain import begin, end
from sv_helpdesk.access_log.pending import record, write_now
from sv_helpdesk.access_log.verification import Fault, verify

__all__ = ["Fault", "begin", "end", "record", "verify", "write_now"]
