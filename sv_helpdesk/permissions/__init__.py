"""Who may see what: the one place that decides.

Hooks, forms and other packages ask here and nowhere else. Whatever is not named is denied.
"""

from sv_helpdesk.permissions.rules import (
	has_permission,
	may_read_content,
	may_use_report,
	readable_fields,
)

__all__ = ["has_permission", "may_read_content", "may_use_report", "readable_fields"]
