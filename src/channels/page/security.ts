/** Who may show a page of ours in a frame, besides ourselves. */
export interface Framing {
  /** Origins: "https://www.example.gov.uk". */
  readonly frameAncestors?: readonly string[];
}

/**
 * The headers of an answer. Scripts come from our own address only, in files that never change under their name, so
 * no nonce is needed; text becomes HTML through our one policy only. `form-action` names where a form may end up
 * after a redirect: the BBC sends readers outside the United Kingdom to its .com.
 */
export function securityHeaders({ frameAncestors = [] }: Framing = {}): Readonly<Record<string, string>> {
  return {
    'Content-Security-Policy': [
      "default-src 'none'",
      "script-src 'self'",
      "connect-src 'self'",
      "style-src 'self'",
      "img-src 'self'",
      "form-action 'self' https://www.bbc.co.uk https://www.bbc.com",
      "base-uri 'none'",
      `frame-ancestors ${["'self'", ...frameAncestors].join(' ')}`,
      "require-trusted-types-for 'script'",
      'trusted-types fingerpost',
    ].join('; '),
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Permissions-Policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
  };
}
