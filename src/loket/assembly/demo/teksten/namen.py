# ruff: noqa: E501 (sentences stay on one line)
"""Names for invented people: of many origins, as in any Dutch town. Each line holds first names and surnames that go together."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Herkomst:
    """A pool of names. `gewicht` is the share in the town; surnames may start with a prefix such as "van der"."""

    gewicht: int
    vrouw: tuple[str, ...]
    man: tuple[str, ...]
    achternaam: tuple[str, ...]


def _h(gewicht: int, vrouw: str, man: str, achternaam: str) -> Herkomst:
    return Herkomst(gewicht, tuple(vrouw.split()), tuple(man.split()), tuple(n.strip() for n in achternaam.split(",")))


# Surnames are put together for this demo or are so common that they point at nobody.
HERKOMSTEN: tuple[Herkomst, ...] = (
    _h(
        44,
        "Anneke Marijke Truus Riet Ineke Joke Wil Hennie Gerda Carla Petra Sandra Esther Monique Ilse Lotte Sanne Femke "
        "Roos Eva Lieke Fleur Maaike Wendy Linda Corrie Dineke Tessa Noor Saskia Yvonne Marloes",
        "Jan Piet Kees Henk Wim Gerrit Cor Arie Bert Rob Peter Marcel Erik Ronald Sander Jeroen Bas Tim Daan Lars Niels "
        "Ruben Thijs Koen Stefan Martijn Wouter Dirk Leo Hans Frits Ton",
        "Tuinhof, Brandsteder, Oldekamp, Hazelhoff, Kleibergen, Tenhave, Waterkamp, Lindeboom, Sluismans, Molenkamp, "
        "Polderdijk, van der Waard, van Lindehout, Veenhof, Rietveldt, Korenaar, van den Overgang, Schaapherder, Bakkerdijk, "
        "de Graanmaat, Dijkhoven, Wilgenburg, Essenberg, Houtkoper, van de Veerstoep, Kruidhof, Steenkist, Roggeveld, "
        "Havermaat, ter Beemden, Slootweg, Turfboer, Kooistee, van Groenendaal, Peperkoorn, Zwanekoop, Mosterdijk, "
        "Appelgaard, Berkenvelder, Kraaienhof",
    ),
    _h(
        8,
        "Fenna Sietske Baukje Jeltje Wietske Froukje Hiske Tjitske Nynke Ymkje",
        "Sjoerd Wiebe Jelle Douwe Tjeerd Hessel Sietse Rienk Foppe Klaas",
        "Wierda, Elzinga, Terpstee, Wieldsma, Hoekinga, Dijkema, Buorstra, Stienstee, Reitema, Sleatsma",
    ),
    _h(
        5,
        "Mieke Greet Els Leen Hilde Veerle Nel Fien",
        "Sjef Harrie Twan Jos Guus Frans Toon Lei",
        "Kloosterhoven, Beekhuizen, van Heidehof, Maasbergen, Peelsmid, van Kempenaar, Vennekens, Hoevenmans",
    ),
    _h(
        9,
        "Fatima Naima Samira Hanane Khadija Nadia Loubna Ikram Yasmina Soumaya",
        "Idris Rachid Youssef Mohamed Hamza Bilal Said Karim Mustapha Anouar",
        "Boukhari, El Amraoui, Ait Taleb, Benhaddou, El Kharroubi, Zerouali, Tahiri, El Moussati, Ouarrach, Chafiki",
    ),
    _h(
        8,
        "Ayse Fatma Elif Zeynep Emine Hatice Sevgi Melek Derya Gülsen",
        "Mehmet Ali Hasan Mustafa Emre Kemal Murat Serkan Yusuf Orhan",
        "Yildirimer, Kayalar, Demirtepe, Aksoyer, Celikkan, Ozturker, Karadere, Arslanoglu, Tasdelener, Gunesli",
    ),
    _h(
        8,
        "Sharida Anuradha Jennifer Mavis Chantal Reshma Carmelita Muriel Indra Sylvana",
        "Romeo Winston Rakesh Dennis Ricardo Glenn Sunil Stanley Orlando Kenneth",
        "Ramkisoen, Biharisingh, Kromodikromo, Vreedzaam, Amatsoemarto, Wijdenboom, Jagdewsing, Zorgvol, Tjon A Kie, Goedhoop",
    ),
    _h(
        4,
        "Grace Sharon Abena Akosua Josephine Comfort",
        "Kwame Kofi Emmanuel Samuel Yaw Joseph",
        "Osei Bonsuro, Mensahwa, Agyemangi, Boatengo, Adomakoh, Quaysoni",
    ),
    _h(
        5,
        "Hanna Agnieszka Katarzyna Magdalena Ewa Oksana Iryna Natalia",
        "Piotr Tomasz Marek Krzysztof Pawel Andrij Mykola Bogdan",
        "Wisniarek, Kowalczor, Lewandorski, Zielinek, Nowacki, Hrytsenkiv, Bondarchyk, Mazurowicz",
    ),
    _h(
        5,
        "Rana Hala Lina Zahra Shirin Maryam Selam Bilen",
        "Omar Samir Bassam Reza Farid Dawit Yonas Khaled",
        "Al Haddari, Darwishan, Hosseinzadeh, Karimpour, Tesfaye Berhan, Al Khatibi, Noorzadi, Gebremaryan",
    ),
    _h(
        4,
        "Mei Ling Thi Mai Dewi Ratna Lan Siti",
        "Wei Jun Minh Duc Bayu Eko Hong Agus",
        "Lim Tan, Nguyenho, Wongso, Tanihatu, Pattiselano, Chengli, Sopacuari, Tranvan",
    ),
)
