/** Plain letters only: no user, no port, no query, nothing that two readers could read in two ways. */
const PLAIN = /^https:\/\/([a-z\d.-]+)(?:\/[\w.~%/-]*)?$/i;
const LOOPBACK = /^https?:\/\/(?:localhost|127\.0\.0\.1|\[::1\])(?::\d{1,5})?(?:\/[\w.~%/-]*)?$/i;

/**
 * Replies go to the address that a message names, and the bot's own token with them. So only hosts that we know are
 * believed, exactly as they are written, over https.
 * @param hosts in small letters
 */
export function isServiceUrl(url: string, hosts: ReadonlySet<string>): boolean {
  const host = PLAIN.exec(url)?.[1]?.toLowerCase();
  return host !== undefined && hosts.has(host) && URL.parse(url)?.host === host;
}

/** @returns whether it is on this machine, where the Emulator is */
export function isLoopbackUrl(url: string): boolean {
  return LOOPBACK.test(url) && URL.canParse(url);
}

/** @returns whether it is a name of this machine for itself, with or without a port */
export function isLoopbackHost(host: string): boolean {
  return /^(?:localhost|127(?:\.\d{1,3}){3}|\[?::1\]?)(?::\d{1,5})?$/i.test(host);
}
