"""How much is read of what: bounds that genuine mail never meets, so that hostile mail costs no more than its size."""

#: A mail over this is refused as a whole (`TeGroot`); mail servers stop far lower.
MAX_BYTES = 128 * 1024 * 1024
#: The header of one message or part; what follows is read as its body.
MAX_KOP = 1024 * 1024
#: Fields of one header that are looked at.
MAX_VELDEN = 5_000
#: Characters of one header field that are looked at.
MAX_VELD = 64 * 1024
#: Multiparts within multiparts.
MAX_DIEPTE = 24
#: Messages within messages.
MAX_INGESLOTEN_DIEPTE = 6
#: Parts in all; the rest stays together as one attachment.
MAX_DELEN = 1_000
#: Bytes of one text part that are shown as text; a larger part is kept whole as an attachment as well.
MAX_TEKST = 10 * 1024 * 1024
#: Message-IDs taken from References.
MAX_VERWIJZINGEN = 200
#: Addresses taken from one field.
MAX_ADRESSEN = 500
#: Appointments read from one calendar.
MAX_AFSPRAKEN = 50
#: More `Received` fields than this is a loop (RFC 5321, 6.3, asks for a limit of at least 100; real mail has < 20).
MAX_RECEIVED = 50
#: Tags and stretches of text that are read of one HTML part (about four million letters of ordinary HTML).
MAX_TOKENS = 200_000
#: Enclosed mails that are read, of one mail; more are kept as attachments.
MAX_INGESLOTEN = 50
