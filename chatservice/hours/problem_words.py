"""The words of problems: code -> language -> (what is wrong, what to write instead)."""

from __future__ import annotations

TEXTS: dict[str, dict[str, tuple[str, str]]] = {
    "empty": {
        "fi": ("Aukioloajat puuttuvat.", "Jos palvelu ei ole koskaan auki, kirjoita: off"),
        "sv": ("Öppettiderna saknas.", "Om tjänsten aldrig är öppen, skriv: off"),
        "en": ("The opening hours are missing.", "If the service is never open, write: off"),
    },
    "too_long": {
        "fi": ("Aukioloajat ovat liian pitkät (enintään 1000 merkkiä).", "Siirrä yksittäiset päivät poikkeuksiin."),
        "sv": ("Öppettiderna är för långa (högst 1000 tecken).", "Flytta enskilda dagar till undantagen."),
        "en": ("The opening hours are too long (at most 1000 characters).", "Move single days to the exceptions."),
    },
    "unparsable": {
        "fi": ("Kohtaa ”{place}” ei voi lukea aukioloaikana.", "Esimerkki: Mo-Th 14:00-16:00; PH off"),
        "sv": ("”{place}” kan inte läsas som öppettider.", "Exempel: Mo-Th 14:00-16:00; PH off"),
        "en": ("“{place}” cannot be read as opening hours.", "Example: Mo-Th 14:00-16:00; PH off"),
    },
    "school_holiday_form": {
        "fi": ("Koulun loman (SH) paikkaa säännössä ”{rule}” ei tueta.", "Kirjoita se oman säännön alkuun: ; SH off"),
        "sv": ("Skollov (SH) stöds inte på den platsen i ”{rule}”.", "Skriv det först i en egen regel: ; SH off"),
        "en": (
            "School holidays (SH) are not supported at that place of “{rule}”.",
            "Write them at the start of a rule of their own: ; SH off",
        ),
    },
    "holiday_with_weekday": {
        "fi": ("”{rule}” koskisi kaikkia pyhiä ja lisäksi viikonpäiviä.", "Kirjoita pyhistä oma sääntö: ; PH off"),
        "sv": (
            "”{rule}” skulle gälla alla helgdagar och dessutom veckodagarna.",
            "Ge helgdagarna en egen regel: ; PH off",
        ),
        "en": (
            "“{rule}” would hold on every public holiday and on the weekdays as well.",
            "Give public holidays a rule of their own: ; PH off",
        ),
    },
    "sun": {
        "fi": ("Auringon mukaan kulkevia aikoja ei tueta.", "Kirjoita kellonajat: 16:00-20:00"),
        "sv": ("Tider som följer solen stöds inte.", "Skriv klockslag: 16:00-20:00"),
        "en": ("Times that follow the sun are not supported.", "Write clock times: 16:00-20:00"),
    },
    "week_parity": {
        "fi": (
            "Parittomat ja parilliset viikot eivät vuorottele vuodenvaihteessa: viikon 53 jälkeen tulee viikko 1.",
            "Lisää poikkeus vuodenvaihteeseen tai kirjoita päivät erikseen.",
        ),
        "sv": (
            "Udda och jämna veckor växlar inte vid årsskiftet: efter vecka 53 kommer vecka 1.",
            "Lägg till ett undantag vid årsskiftet eller skriv ut dagarna.",
        ),
        "en": (
            "Odd and even weeks do not alternate over the new year: week 53 is followed by week 1.",
            "Add an exception at the new year, or write the days out.",
        ),
    },
    "unknown": {
        "fi": ("”unknown” näytetään suljettuna.", "Kirjoita ajat tai off."),
        "sv": ("”unknown” visas som stängt.", "Skriv tiderna eller off."),
        "en": ("“unknown” is shown as closed.", "Write the times, or off."),
    },
    "open_end": {
        "fi": ("Aika ilman loppua jatkuu keskiyöhön asti.", "Kirjoita myös sulkemisaika: 14:00-16:00"),
        "sv": ("En tid utan slut räcker till midnatt.", "Skriv också stängningstiden: 14:00-16:00"),
        "en": ("A time without an end lasts until midnight.", "Write the closing time too: 14:00-16:00"),
    },
    "no_calendar": {
        "fi": ("Säännöissä on koulun loma (SH), mutta koulukalenterissa ei ole lomia.", "Tuo koulukalenteri ensin."),
        "sv": ("Reglerna nämner skollov (SH) men skolkalendern har inga lov.", "Importera skolkalendern först."),
        "en": (
            "The rules name school holidays (SH), but the school calendar holds none.",
            "Import the school calendar first.",
        ),
    },
    "replaces": {
        "fi": ("Puolipiste korvaa: {days} on auki vain jälkimmäisen säännön ajan.", "Jos tarkoitit lisätä: {fix}"),
        "sv": ("Semikolon ersätter: {days} är öppet bara enligt den senare regeln.", "Om du menade lägga till: {fix}"),
        "en": ("A semicolon replaces: {days} is open only by the later rule.", "If you meant to add: {fix}"),
    },
    "empty_span": {
        "fi": ("Aika alkaa ja päättyy samaan aikaan ({day}).", "Koko vuorokausi on 00:00–24:00."),
        "sv": ("Tiden börjar och slutar samtidigt ({day}).", "Ett helt dygn är 00:00–24:00."),
        "en": ("A time starts and ends at the same minute ({day}).", "A whole day is 00:00–24:00."),
    },
    "overlap": {
        "fi": ("Ajat menevät päällekkäin ({day}).", "Yhdistä ne yhdeksi ajaksi."),
        "sv": ("Tiderna överlappar ({day}).", "Slå ihop dem till en tid."),
        "en": ("Times overlap ({day}).", "Join them to one time."),
    },
}
