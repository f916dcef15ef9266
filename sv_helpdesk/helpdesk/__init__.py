"""Everything that touches Helpdesk and mail, and nothing else does.

`email_account` is where the host's mail path enters; `intake` turns one mail into a
sealed ticket and an encrypted case; `outbox` sends what leaves a case.
"""
