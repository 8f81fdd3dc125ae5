import { createHash } from 'node:crypto';

/** Tokens of the visual language; the web app brings the rest. */
const style = `
:root{color-scheme:light dark;--paper:#f5f2ea;--sheet:#fdfcf9;--line:#d5d1c6;--ink:#1d2431;--ink-2:#444b58;--ink-3:#5c626d;--river:#1b5878;
--font-read:"Iowan Old Style",Charter,"Palatino Linotype",Georgia,serif;--font-ui:"Segoe UI",system-ui,-apple-system,Roboto,"Helvetica Neue",Arial,sans-serif}
@media (prefers-color-scheme:dark){:root{--paper:#18191b;--sheet:#222427;--line:#393b3f;--ink:#ece7dc;--ink-2:#c6c1b6;--ink-3:#a5a198;--river:#92c5df}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:400 1.0625rem/1.4 var(--font-ui);overflow-wrap:break-word}
main{max-width:46rem;margin:0 auto;padding:1.5rem}
.mark{display:flex;gap:.5rem;align-items:center;margin:0;padding:2rem 0 3rem;font:500 1.4375rem var(--font-read)}
h1{margin:0 0 1rem;font:500 clamp(2.125rem,1.7rem + 2vw,3.25rem)/1.15 var(--font-read);letter-spacing:-.018em;text-wrap:balance}
h2{margin:2rem 0 .75rem;font:500 1.1875rem/1.35 var(--font-read)}
p,li{max-width:38rem;color:var(--ink-2)}
.read{font:400 1.1875rem/1.6 var(--font-read);color:var(--ink)}
section+section{margin-top:4.5rem;padding-top:3rem;border-top:1px solid var(--line)}
a{color:var(--river);text-underline-offset:.2em}
a:focus-visible,pre:focus-visible{outline:3px solid var(--river);outline-offset:3px;border-radius:2px}
pre{background:var(--sheet);border:1px solid var(--line);border-radius:4px;padding:1rem;white-space:pre-wrap;overflow-wrap:anywhere;font-size:.9375rem;line-height:1.5}
.mark a{margin-left:auto;font:400 1rem var(--font-ui)}
`;

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

interface Words {
  readonly lang: string;
  readonly title: string;
  readonly what: string;
  readonly how: string;
  readonly signIn: string;
  readonly demo: string;
  readonly ask: string;
  readonly then: string;
  readonly ready: string;
}

const words: readonly Words[] = [
  {
    lang: 'fr-CA',
    title: 'Des cercles qui décident par consentement',
    what: 'Ronde tient la gouvernance de cercles sociocratiques : des propositions menées jusqu’au consentement, des objections entendues, des élections sans candidat, et une mémoire que personne ne peut réécrire.',
    how: 'Parler à Ronde',
    signIn: 'Ouvrez une session.',
    demo: 'Le premier démarrage affiche les comptes de la communauté de démonstration.',
    ask: 'Demandez ce qui vous attend.',
    then: 'Pour un script, créez un jeton d’accès et envoyez-le dans Authorization: Bearer. La visite de cinq minutes est dans le fichier README, le schéma dans schema/schema.graphql.',
    ready: 'État du service',
  },
  {
    lang: 'en-CA',
    title: 'Circles that decide by consent',
    what: 'Ronde keeps the governance of sociocratic circles: proposals carried to consent, objections that are heard, elections without candidates, and a record nobody can rewrite.',
    how: 'Talking to Ronde',
    signIn: 'Sign in.',
    demo: 'The first start shows the accounts of the demo community.',
    ask: 'Ask what waits for you.',
    then: 'For a script, make an access token and send it in Authorization: Bearer. The five-minute tour is in the README, the schema in schema/schema.graphql.',
    ready: 'State of the service',
  },
];

const ring =
  '<svg width="30" height="30" viewBox="0 0 30 30" aria-hidden="true"><path d="M21 5.2A11.5 11.5 0 1 0 26.2 12.6" fill="none" stroke="currentColor" stroke-width="2.4" stroke-linecap="round"/><circle cx="24.6" cy="7.6" r="2.9" fill="currentColor"/></svg>';

/** The ring alone, for the browser's tab. */
export const favicon = ring
  .replace('<svg ', '<svg xmlns="http://www.w3.org/2000/svg" ')
  .replaceAll('currentColor', '#1b5878')
  .replace(' aria-hidden="true"', '');

/** Where it is reached, and whether there are accounts to try it with. */
export interface Shown {
  readonly baseUrl: string;
  readonly demo: boolean;
}

function section(it: Words, { baseUrl, demo }: Shown, heading: 'h1' | 'h2'): string {
  const signIn = `curl -c ronde.cookies ${baseUrl}/api/auth/sign-in/email \\
  -H 'content-type: application/json' \\
  -d '{"email":"…","password":"…"}'`;
  const ask = `curl -b ronde.cookies ${baseUrl}/graphql \\
  -H 'content-type: application/json' \\
  -H 'accept-language: ${it.lang}' \\
  -d '{"query":"{ me { waiting(first: 10) { nodes { sentence } } } }"}'`;
  const block = (label: string, code: string): string =>
    `<p>${label}</p><pre tabindex="0" role="region" aria-label="${escaped(label)}"><code>${escaped(code)}</code></pre>`;
  return `<section id="${it.lang.slice(0, 2)}" lang="${it.lang}"><${heading}>${it.title}</${heading}><p class="read">${it.what}</p>
<h2>${it.how}</h2>${block(demo ? `${it.signIn} ${it.demo}` : it.signIn, signIn)}${block(it.ask, ask)}<p>${it.then}</p>
<p><a href="/health/ready">${it.ready}</a></p></section>`;
}

/** The page at `/` until the web app stands there: what this is, and how to talk to it. No script. */
export function landingPage(shown: Shown): string {
  const [fr, en] = words.map((it, at) => section(it, shown, at === 0 ? 'h1' : 'h2'));
  return `<!doctype html>
<html lang="fr-CA"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Ronde</title><link rel="icon" href="/favicon.ico" type="image/svg+xml"><style>${style}</style></head>
<body><main><p class="mark">${ring} Ronde<a href="#en" lang="en-CA" hreflang="en-CA">English</a></p>${fr}${en}</main></body></html>
`;
}

/** Nothing but the page's own style: no script, no frame, no form, nothing from elsewhere. */
export const landingCsp = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');
