# Français

colon = { "\u00A0" }:{ " " }
comma = ,{ " " }
semicolon = ;{ " " }
and = { " " }&{ " " }

## Dates, heures, montants

clock = { $hour }{ "\u00A0" }h{ "\u00A0" }{ $minute }
time = { $time }
time-range = { $from }{ "\u00A0" }– { $to }
time-with-zone = { $time } ({ $zone })
time-over-days = de { $from } jusqu’au { $day }, { $to }
date-range-in-month = { $from }–{ $to }
date-range = { $from }{ "\u00A0" }– { $to }
date-with-time = { $date }, { $time }
money = { $amount }{ "\u00A0" }{ $currency }
money-range = de { $from } à { $to }
money-from = à partir de { $from }
money-up-to = jusqu’à { $to }

## Titres et libellés

summary = Synthèse
introduction = Introduction
agenda = Ordre du jour
moderation = Modération
key-messages = Messages clés
contents = Dans ce numéro
held = Retour sur
coming = À venir
calls = Possibilités de financement
news = Actualités
deadline = Date limite
no-deadline = Aucune date limite indiquée
deadlines-by-month = Échéances par mois
funder = Financeur
budget = Budget
grant = Subvention par projet
rate = Taux de financement
eligibility = Qui peut candidater
countries = Pays
contact = Contact
links = Liens
language = Langue
organiser = Organisateur
speakers = Intervenants
online = En ligne
join-online = Participer en ligne
add-to-calendar = Ajouter au calendrier
cancelled = Annulé
postponed = Reporté
view-in-browser = Voir cette lettre dans le navigateur
unsubscribe = Se désabonner de cette lettre
website = Site web
handout = Document de séance
programme = Programme
table-of-contents = Sommaire
time-of-day = Heure
call = Appel
status = État
index-of-speakers = Index des intervenants
index-of-rooms = Index des salles
notes = Notes
undated = Sans date pour le moment
other-sessions = Autres séances
speakers-sheets = Fiches des intervenants
door-signs = Affichettes de porte

## États d’un appel

state-closing-soon = Clôture proche
state-open = Ouvert
state-forthcoming = À venir
state-closed = Clos
state-withdrawn = Retiré
state-suspended = Suspendu

## Phrases avec valeurs

with-colon = { $label }{ "\u00A0" }:
page-of = Page { $page } sur { $pages }
as-of = État au { $date }
edition-number = N°{ "\u00A0" }{ $number }
opens-on = ouverture le { $date }
until = jusqu’au { $date }
summary-of = Synthèse de { $title }
qr-code-of = Code QR{ "\u00A0" }: { $address }
all-times-in = Toutes les heures sont en { $zone }
title-of-kind = { $title }{ "\u00A0" }: { $kind }
subject = { $title }, { $date }
next-on = prochain le { $date }
next-deadline = prochaine date limite{ "\u00A0" }: { $date }

## Nombres : $form est la forme du pluriel, $count le nombre

count-held = { $form ->
    [one] { $count } séance résumée
   *[other] { $count } séances résumées
}
count-coming = { $form ->
    [one] { $count } rendez-vous à venir
   *[other] { $count } rendez-vous à venir
}
count-calls = { $form ->
    [one] { $count } possibilité de financement
   *[other] { $count } possibilités de financement
}
count-news = { $form ->
    [one] { $count } actualité
   *[other] { $count } actualités
}
count-closing-soon = { $form ->
    [one] { $count } clôture bientôt
   *[other] { $count } clôturent bientôt
}
count-deadlines = { $form ->
    [one] { $count } échéance
   *[other] { $count } échéances
}
count-more = { $form ->
    [one] { $count } autre élément n’est pas repris ici
   *[other] { $count } autres éléments ne sont pas repris ici
}
count-more-on-web = { $form ->
    [one] { $count } autre élément dans la version en ligne
   *[other] { $count } autres éléments dans la version en ligne
}
