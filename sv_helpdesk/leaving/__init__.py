"""Who leaves: what they still have goes to colleagues, their account opens nothing, and no case is left alone.

`kinds` says what somebody can have, `held` finds it, `fits` asks the rules about a successor, `hand_over` gives it on.
`unattended` tells of what nobody has any more, `accounts` what ends with an account, and `appointing` lets
two persons give a desk that nobody leads somebody new. A desk at which nothing is open (`still_open`) can be
switched off; who led it takes it into use again (`in_use_again`).
"""
