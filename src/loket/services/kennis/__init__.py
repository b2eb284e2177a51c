"""Knowledge for the first line: short questions with their answer, found while somebody types.

An article belongs to one organisation, has an owner and a day until which it holds, and says where it comes from. The
same article helps the employee who writes an answer, and the resident before he or she writes to us. What is past its
day, not published, or for colleagues only, a resident never sees; the internal note leaves this room for employees
alone. Every version is kept. "Did this help?" is counted, and knows nobody.
"""
