"""The icons of Loket: 24 by 24, line 1.9, round ends. Drawn for Loket; an icon always stands beside a word.

`ICONS` holds what stands inside the `<svg>`, by name; the tag `{% icon "flag" %}` draws one. What is needed and is not
here is added here first, and so appears on `/stijl`.
"""

from django.utils.translation import gettext_noop

ICONS: dict[str, str] = {
    "person": '<circle cx="12" cy="8" r="4"/><path d="M4.5 20a7.5 7.5 0 0 1 15 0"/>',
    "search": '<circle cx="10.5" cy="10.5" r="6.5"/><path d="M15.5 15.5L21 21"/>',
    "flag": '<path d="M5 21V4m0 1h11l-2 4 2 4H5"/>',
    "question": (
        '<circle cx="12" cy="12" r="9"/>'
        '<path d="M9.5 9.5a2.5 2.5 0 1 1 3.6 2.2c-.8.4-1.1 1-1.1 1.8"/><path d="M12 16.8v.1"/>'
    ),
    "complaint": '<path d="M4 5h16v11H10l-4 4v-4H4z"/><path d="M12 8v3.5M12 13.4v.1"/>',
    "heart": '<path d="M12 20S4 15.2 4 9.4A4.3 4.3 0 0 1 12 7a4.3 4.3 0 0 1 8 2.4C20 15.2 12 20 12 20z"/>',
    "house": '<path d="M4 20V10l8-6 8 6v10z"/><path d="M9 20v-6h6v6"/>',
    "pin": ('<path d="M12 21s-7-6.2-7-11.3a7 7 0 0 1 14 0C19 14.8 12 21 12 21z"/><circle cx="12" cy="9.7" r="2.5"/>'),
    "phone": (
        '<path d="M6 3.5h3l1.5 4.5-2 1.5a12 12 0 0 0 6 6l1.5-2 4.5 1.5v3A2.5 2.5 0 0 1 18 20.5 14.5 '
        '14.5 0 0 1 3.5 6 2.5 2.5 0 0 1 6 3.5z"/>'
    ),
    "callback": (
        '<path d="M15 4h5v5M20 4l-7 7"/>'
        '<path d="M6 6.5h2l1.3 3.5-1.6 1.3a9.5 9.5 0 0 0 5 5l1.3-1.6 3.5 1.3v2A1.9 1.9 0 0 1 15.6 20 '
        '12 12 0 0 1 4 8.4 1.9 1.9 0 0 1 6 6.5z"/>'
    ),
    "desk": '<path d="M4 20v-8a8 8 0 0 1 16 0v8z"/><path d="M4 15h16"/>',
    "plus": '<path d="M12 5v14M5 12h14"/>',
    "minus": '<path d="M5 12h14"/>',
    "locate": '<circle cx="12" cy="12" r="6"/><path d="M12 2v4M12 18v4M2 12h4M18 12h4"/>',
    "camera": '<path d="M4 7.5h4L9.5 5h5L16 7.5h4V19H4z"/><circle cx="12" cy="13" r="3.5"/>',
    "cross": '<path d="M6 6l12 12M18 6L6 18"/>',
    "arrow": '<path d="M5 12h14M13 6l6 6-6 6"/>',
    "back": '<path d="M19 12H5M11 6l-6 6 6 6"/>',
    "warning": '<path d="M12 3.5L21.5 20h-19z"/><path d="M12 9.5V14M12 16.9v.1"/>',
    "error": '<path d="M8.3 3h7.4L21 8.3v7.4L15.7 21H8.3L3 15.7V8.3z"/><path d="M12 7.5v5.5M12 16v.1"/>',
    "check": '<path d="M4.5 12.5l5 5 10-11"/>',
    "document": '<path d="M6 3h8l4 4v14H6z"/><path d="M14 3v4h4M9 12h6M9 16h6"/>',
    "clock": '<circle cx="12" cy="12" r="9"/><path d="M12 7v5.2l3.5 2"/>',
    "calendar": '<rect x="4" y="5" width="16" height="15" rx="2"/><path d="M4 10h16M8 3v4M16 3v4"/>',
    "video": '<rect x="3" y="6" width="12" height="12" rx="2"/><path d="M15 11l6-3.5v9L15 13z"/>',
    "cup": (
        '<path d="M5 9h12v6a5 5 0 0 1-5 5h-2a5 5 0 0 1-5-5z"/>'
        '<path d="M17 10.5h1.5a2.5 2.5 0 0 1 0 5H17M9 3v2.5M13 3v2.5"/>'
    ),
    "down": '<path d="M6 9l6 6 6-6"/>',
    "globe": (
        '<circle cx="12" cy="12" r="9"/>'
        '<path d="M3 12h18M12 3c3 2.7 3.8 6 3.8 9S15 18.3 12 21c-3-2.7-3.8-6-3.8-9S9 5.7 12 3z"/>'
    ),
    "mail": '<rect x="3" y="5" width="18" height="14" rx="2"/><path d="M3.5 7l8.5 6 8.5-6"/>',
    "pause": '<path d="M9 6v12M15 6v12"/>',
    "forward": '<path d="M4 7h10a5 5 0 0 1 0 10h-3M8 3L4 7l4 4"/>',
    "clip": '<path d="M8 12.5l6.5-6.5a3.2 3.2 0 0 1 4.5 4.5L11 18.5a5 5 0 0 1-7-7L11 4.5"/>',
    "lock": '<rect x="5" y="10.5" width="14" height="9.5" rx="2"/><path d="M8 10.5V8a4 4 0 0 1 8 0v2.5"/>',
    "info": '<circle cx="12" cy="12" r="9"/><path d="M12 11v5.5M12 7.6v.1"/>',
    "people": (
        '<circle cx="9" cy="8.5" r="3.5"/>'
        '<path d="M2.500 19.500a6.500 6.500 0 0 1 13 0M16 5.300a3.500 3.500 0 0 1 0 6.400M18 '
        '14.200a6.500 6.500 0 0 1 3.500 5.300"/>'
    ),
    "chat": '<path d="M4 5h16v11H10l-4 4v-4H4z"/><path d="M8 9h8M8 12.300h5"/>',
    "pencil": '<path d="M4 20l1-4.500L16 4.500l3.500 3.500L8.500 19z"/><path d="M13.500 7l3.500 3.500"/>',
    "eye": (
        '<path d="M2.500 12S6 5.500 12 5.500 21.500 12 21.500 12 18 18.500 12 18.500 2.500 12 2.500 '
        '12z"/><circle cx="12" cy="12" r="2.800"/>'
    ),
    "download": '<path d="M12 4v11M7 10.500l5 5 5-5M5 20h14"/>',
    "link": (
        '<path d="M10 14a4 4 0 0 0 5.700 0l3-3A4 4 0 0 0 13 5.300l-1.200 1.200"/>'
        '<path d="M14 10a4 4 0 0 0-5.700 0l-3 3a4 4 0 0 0 5.700 5.700l1.200-1.200"/>'
    ),
    "merge": '<path d="M5 4c0 6 7 5 7 10v6M19 4c0 6-7 5-7 10M8.500 16.500L12 20l3.500-3.500"/>',
    "undo": '<path d="M5 12a7 7 0 1 0 2.500-5.400"/><path d="M4 4v5h5"/>',
    "list": '<path d="M9 6h11M9 12h11M9 18h11M4.500 6v.1M4.500 12v.1M4.500 18v.1"/>',
    "star": (
        '<path d="M12 3.500l2.600 5.500 6 .8-4.400 4.100 1.100 5.900-5.300-2.900-5.300 2.900 '
        '1.100-5.900L3.400 9.800l6-.8z"/>'
    ),
    "logout": '<path d="M13 4H5v16h8M10 12h11M17 8l4 4-4 4"/>',
    "letter": '<path d="M3 10l9-6 9 6v10H3z"/><path d="M3.500 10.500L12 16l8.500-5.500"/>',
    "shield": '<path d="M12 3l8 3v5.500c0 5-3.500 8.200-8 9.500-4.500-1.300-8-4.500-8-9.500V6z"/>',
    "chart": '<path d="M4 20h16M7 20v-6M12 20V6M17 20v-9"/>',
}

CHANNELS: dict[str, tuple[str, str]] = {
    "telefoon": ("phone", gettext_noop("Telefoon")),
    "email": ("mail", gettext_noop("E-mail")),
    "website": ("globe", gettext_noop("Website")),
    "balie": ("desk", gettext_noop("Balie")),
    "brief": ("letter", gettext_noop("Brief")),
    "chat": ("chat", gettext_noop("Chat")),
    "open311": ("globe", gettext_noop("App van een ander")),
}
"""The icon and the word of a channel by which people reach us (klantcontact.kanaal)."""
