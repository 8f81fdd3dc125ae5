/** Who may read the metrics: nobody; whoever is on this machine, at the server's own port; or whoever reaches a port of its own. */
export type Audience = 'off' | 'local' | { readonly host: string; readonly port: number };

/** Reads `off`, `local` or `<host>:<port>`; undefined for anything else. */
export function audienceFrom(text: string): Audience | undefined {
  if (text === 'off' || text === 'local') return text;
  const found = /^(?:\[(?<six>[0-9A-Fa-f:.]{2,45})\]|(?<host>[A-Za-z0-9._-]{1,255})):(?<port>\d{1,5})$/.exec(
    text,
  )?.groups;
  const port = Number(found?.port);
  if (found === undefined || port > 65_535) return undefined;
  return { host: (found.six ?? found.host)!, port };
}

const here = new Set(['localhost', '127.0.0.1', '[::1]']);

export interface Asked {
  /** The socket's other end. */
  readonly from: string | undefined;
  /** The `Host` header. */
  readonly host: string | undefined;
  /** Where browsers reach the server. */
  readonly baseUrl: string;
}

/**
 * Whether a reader of a port that others may reach too is on this machine, and nothing stands between. A server whose address is elsewhere
 * has a proxy before it, whose every request comes from here: then nobody is local. The host keeps out pages that had their own name
 * pointed at this machine.
 */
export function isLocal({ from = '', host = '', baseUrl }: Asked): boolean {
  const loopback = from === '::1' || /^(::ffff:)?127\./.test(from);
  return loopback && here.has(nameIn(`http://${host}`)) && here.has(nameIn(baseUrl));
}

const nameIn = (url: string): string => (URL.canParse(url) ? new URL(url).hostname : '');
