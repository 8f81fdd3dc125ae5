export { type Locale, locales, localeOf } from './locale.js';
export { type Arguments, type Kind, catalogueOf, kinds } from './catalogues.js';
export { refusalCodes, say, tell } from './say.js';
