"""How long a case is kept, and what becomes of it then.

A case that ends gets the day on which its term is over (terms). Before that day the desk is told how many go
(announcing) and confirms each or puts it on legal hold (steps). A daily job destroys what was confirmed
(job, destroying) by one table (fates): coded facts that figures count stay, everything else goes, here and in
the host (traces). SV Retention Log tells what was destroyed, and nothing of what it was.
"""
