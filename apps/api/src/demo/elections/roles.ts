/** What the offices ask for, in words that the circles share. */
export const animation = {
  duties:
    "Préparer l'ordre du jour avec la personne secrétaire, ouvrir et clore chaque étape, veiller à ce que chaque voix soit entendue, et rester membre à part entière.",
  qualities: 'Une écoute qui précède la parole, de la clarté dans les consignes, le calme quand le temps manque.',
};

export const secretariat = {
  duties:
    'Convoquer les rencontres, noter les décisions dans le cahier de bord, tenir les dates de révision et de fin de mandat, et dire ce que le cahier contient quand on se le demande.',
  qualities: "De la fidélité dans les mots des autres, de la constance, le goût d'un texte court.",
};

export const lien = {
  duties:
    'Siéger au cercle général avec plein droit de consentement, y porter ce que vit le cercle, et en rapporter fidèlement ce qui se décide.',
  qualities: "Une parole fidèle, l'audace de dire ce qui manque, de l'intérêt pour l'ensemble.",
};

export const coordination = {
  duties:
    "Porter l'orientation du cercle général dans la vie de la communauté, veiller à l'exécution de ses décisions et rendre compte de ce qui avance et de ce qui bloque.",
  qualities: "Le sens de l'ensemble, de la disponibilité, une façon de déléguer qui fait confiance.",
};
