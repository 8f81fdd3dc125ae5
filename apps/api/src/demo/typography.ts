/** A text as it is set in Québec French: typographic apostrophes, and spaces that do not break where a line must not. */
export function fr(text: string): string {
  return text
    .replaceAll("'", '’')
    .replaceAll(' :', '\u00a0:')
    .replaceAll('« ', '«\u00a0')
    .replaceAll(' »', '\u00a0»')
    .replace(/(\d) (?=\d{3}\b|h\b|\$|%)/g, '$1\u00a0')
    .replace(/(\bh) (?=\d{2}\b)/g, '$1\u00a0');
}
