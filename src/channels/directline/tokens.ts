import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** Seconds. Clients refresh after 15 minutes, whatever we say. */
export const TOKEN_LASTS = 1800;
/** Seconds in which the address of a socket has to be used. */
const STREAM_LASTS = 60;

/** What whoever holds a token may do. */
export interface Grant {
  /** "stream" opens the conversation's socket and nothing else: it stands in an address. */
  readonly use: 'conversation' | 'stream';
  readonly conversation: string;
  /** The person whom it was made for; whatever they say of themselves is overwritten with it. */
  readonly user?: string;
  /** Pages that may use it; without it, every page that we let in. */
  readonly origins?: readonly string[];
  /** The conversation was begun: should we have lost it at a restart, it goes on. */
  readonly begun?: boolean;
}

export interface Tokens {
  readonly issue: (grant: Grant) => string;
  /** @returns the grant; "expired"; or "bad" for what we did not sign */
  readonly read: (token: string) => Grant | 'expired' | 'bad';
}

/**
 * One way to sign and no other: the header is compared, not read, so nobody chooses an algorithm. The shape is a JWT
 * because Web Chat takes the person's id from the claim `user`.
 */
const HEADER = encode({ alg: 'HS256', typ: 'JWT' });
const LONGEST = 4096;

/** @param key any secret text; ours is derived from it, so that it can serve other rooms too */
export function createTokens(key: string, now: () => Date): Tokens {
  const own = createHmac('sha256', key).update('fingerpost direct line tokens, 1').digest();
  const sign = (text: string) => createHmac('sha256', own).update(text).digest('base64url');
  const seconds = () => Math.floor(now().getTime() / 1000);
  return {
    issue: ({ use, conversation, user, origins, begun }) => {
      const iat = seconds();
      const exp = iat + (use === 'stream' ? STREAM_LASTS : TOKEN_LASTS);
      const text = `${HEADER}.${encode({ use, conv: conversation, user, origins, begun, iat, exp })}`;
      return `${text}.${sign(text)}`;
    },
    read: (token) => {
      if (token.length > LONGEST) return 'bad';
      const [header, payload, signature, ...more] = token.split('.');
      if (header !== HEADER || !payload || !signature || more.length > 0) return 'bad';
      if (!isSame(signature, sign(`${header}.${payload}`))) return 'bad';
      // Ours from here on.
      const { use, conv, user, origins, begun, exp } = JSON.parse(
        Buffer.from(payload, 'base64url').toString('utf8'),
      );
      if (exp <= seconds()) return 'expired';
      return { use, conversation: conv, user, origins, begun };
    },
  };
}

/** @returns a test whether a text is one of our secrets, which takes as long for each text. */
export function createSecrets(secrets: readonly string[]): (text: string) => boolean {
  const known = secrets.map(digest);
  return (text) => {
    const given = digest(text);
    // No early end: which of them it is, is nobody's business either.
    return known.reduce((found, one) => timingSafeEqual(one, given) || found, false);
  };
}

function isSame(a: string, b: string): boolean {
  return timingSafeEqual(digest(a), digest(b));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
