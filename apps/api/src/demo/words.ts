/** What people say in a round of reactions when nothing needs more words. */
const short = [
  "Je m'y retrouve.",
  "C'est clair pour moi, et assez simple pour commencer.",
  "Cela me donne envie d'essayer.",
  'Je vois à quoi cela répond.',
  "Rien à ajouter, le texte dit l'essentiel.",
  "J'aime que nous nous donnions une date pour relire.",
  "Je me demande comment nous le vivrons, et cela me va d'essayer.",
  "L'exemple rend le besoin concret.",
  'Cela allège quelque chose pour moi.',
  "Rien ne m'accroche.",
  'Je serai là pour donner un coup de main.',
  "J'entends le besoin, et le texte y répond.",
  'La portée me semble raisonnable.',
  'Nous pourrons corriger en chemin.',
  "Je l'ai lu deux fois et je l'ai compris de la même façon, c'est bon signe.",
  'Cela tient en peu de mots.',
  "Je pense aux personnes absentes, et je crois qu'elles s'y reconnaîtraient.",
  'Le besoin me touche.',
  "J'y vois un soin pour le groupe.",
  "Je préfère essayer cela que d'en parler encore un mois.",
  "C'est ce que nous faisons déjà un peu, et c'est bon de l'écrire.",
  'Cela me rassure pour la suite.',
];

/** What the author says last, having heard the others. */
const closing = [
  "Merci, j'entends que le besoin est partagé.",
  'Je garde vos mots pour la suite.',
  "J'entends ce qui vous va et ce qui reste à surveiller.",
  "Merci pour vos lectures, elles m'aident.",
];

/** Takes words from a list, so that nobody repeats what somebody said in the same round. The same round always sounds the same. */
export class Murmur {
  private next: number;

  constructor(key: string) {
    this.next = [...key].reduce((sum, letter) => (sum * 31 + letter.codePointAt(0)!) % 9_973, 7);
  }

  reaction(): string {
    this.next += 1;
    return short[this.next % short.length]!;
  }

  last(): string {
    return closing[this.next % closing.length]!;
  }
}
