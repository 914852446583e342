import type { IncomingMessage } from 'node:http';

/** What a page of another origin may send; directlinejs sends all of these headers. */
export const PREFLIGHT_HEADERS: Readonly<Record<string, string>> = {
  'Access-Control-Allow-Methods': 'GET, POST',
  'Access-Control-Allow-Headers': 'authorization, content-type, accept, x-ms-bot-agent, x-requested-with',
  // Seconds that a browser remembers our answer.
  'Access-Control-Max-Age': '600',
};

const HOST = /^[\w.-]+(:\d{1,5})?$|^\[[0-9a-f:.]+\](:\d{1,5})?$/i;

/** @returns the text as the origin of a page, "https://www.council.gov.uk"; undefined where it is none. */
export function originIn(text: string): string | undefined {
  if (!URL.canParse(text)) return undefined;
  const { origin, protocol } = new URL(text);
  return protocol === 'https:' || protocol === 'http:' ? origin : undefined;
}

export interface Origins {
  /**
   * Whether a request may come from where it comes from: a program (which sends no origin), a page of our own, or a
   * page on the list.
   */
  readonly lets: (request: IncomingMessage) => boolean;
  /** Headers that let the page read our answer. */
  readonly headers: (request: IncomingMessage) => Readonly<Record<string, string>>;
}

/**
 * @param listed origins of the pages that may use us
 * @param publicUrl the address that people reach us under; without it, the one that the request names
 */
export function createOrigins(listed: readonly string[], publicUrl: string | undefined): Origins {
  const allowed = new Set(listed.map(originIn));
  const isOurs = (request: IncomingMessage) => {
    const base = baseOf(request, publicUrl);
    if (base === undefined) return false;
    // Without a public address nobody told us whether a proxy in front of us speaks https.
    const bases = publicUrl === undefined ? [base, base.replace(/^http:/, 'https:')] : [base];
    return bases.some((one) => originIn(one) === request.headers.origin);
  };
  const isListed = ({ headers }: IncomingMessage) =>
    headers.origin !== undefined && allowed.has(headers.origin);
  return {
    lets: (request) => {
      const { origin } = request.headers;
      return origin === undefined || isListed(request) || isOurs(request);
    },
    headers: (request) => ({
      Vary: 'Origin',
      ...(isListed(request)
        ? {
            'Access-Control-Allow-Origin': request.headers.origin as string,
            'Access-Control-Expose-Headers': 'Retry-After',
          }
        : {}),
    }),
  };
}

/** @returns the address under which this request reached us, without a path; undefined where it names none. */
export function baseOf({ headers }: IncomingMessage, publicUrl: string | undefined): string | undefined {
  if (publicUrl !== undefined) return publicUrl.replace(/\/+$/, '');
  const { host } = headers;
  return host !== undefined && HOST.test(host) ? `http://${host}` : undefined;
}
