"""Who can log in to the demo. The password is public: in a demo there is nothing to protect."""

WACHTWOORD = "loket-demo"

WIE = (
    ("fenna.wierda", "first line, Gemeente Lindewaard"),
    ("idris.boukhari", "second line, streets"),
    ("ilse.steenkist", "third line, lawyer"),
    ("nadia.elzinga", "coordinator, water and sewers"),
    ("winston.vreedzaam", "complaints coordinator"),
    ("carmelita.jagdewsing", "first line, Waterschap Het Groene Tij"),
    ("beheer", "administrator"),
    ("privacy", "privacy officer"),
    ("redactie", "editor of the knowledge articles"),
)
