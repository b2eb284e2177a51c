"""Reads one mail: bytes in, one frozen value out (`lezen.lees`).

It promises an answer for any input, in linear time and without a second copy of the attachments: who wrote what, which
text is new and which was quoted, forwarded or a signature, what was attached, what kind of mail it is and why (a
person, an absence, a bounce, a loop, a list), and which marks could join it to an earlier message. It keeps all text:
the pieces together are the whole. It verifies no token, trusts no sender, stores nothing, fetches nothing.
"""
