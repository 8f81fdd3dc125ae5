/**
 * RFC 8785: one text for one value, whatever the order of its members. Writes what the package `canonicalize` writes, several times
 * faster, because every event that is written passes here. Members that are undefined are left out, as JSON does.
 */
export function canonical(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new TypeError(`${value} has no place in JSON`);
    return JSON.stringify(value);
  }
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  if (Array.isArray(value)) {
    let items = '';
    for (let at = 0; at < value.length; at++) items += (at === 0 ? '' : ',') + canonical(value[at]);
    return `[${items}]`;
  }
  if ('toJSON' in value && typeof value.toJSON === 'function') return canonical(value.toJSON());
  const record = value as Record<string, unknown>;
  let members = '';
  for (const key of Object.keys(record).sort()) {
    const member = record[key];
    if (member === undefined || typeof member === 'symbol' || typeof member === 'function') continue;
    members += (members === '' ? '' : ',') + JSON.stringify(key) + ':' + canonical(member);
  }
  return `{${members}}`;
}
