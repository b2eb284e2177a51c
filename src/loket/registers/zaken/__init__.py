"""Every zaak: what somebody asked of the government, in which step it is, who has it, and how it ended (ZRC 1.7.0).

Promise: a number is given once, a retry gives the same zaak, a zaak is never without an owner and a next date, and
nobody finds here what is not theirs: every read goes through `queries.zichtbaar`.
"""
