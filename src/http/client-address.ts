import type { IncomingMessage } from 'node:http';
import { isIP, isIPv4, isIPv6 } from 'node:net';

type Asked = Pick<IncomingMessage, 'headers' | 'socket'>;

/**
 * Who asks: the other end of the connection, or what the outermost of our own proxies saw.
 *
 * Each proxy adds at the end of X-Forwarded-For who asked it. With one proxy, the last address is the client's; what
 * stands before it was written by the client itself and is worth nothing.
 * @param proxies how many proxies stand in front of us
 * @returns an IP address; '' where the connection is gone already
 */
export function clientAddress({ headers, socket }: Asked, proxies: number): string {
  const peer = plainAddress(socket.remoteAddress ?? '') ?? '';
  if (proxies === 0) return peer;
  const forwarded = String(headers['x-forwarded-for'] ?? '')
    .split(',')
    .slice(-proxies);
  // With fewer than there are proxies, it came to an inner one directly, which wrote the first.
  return plainAddress(forwarded[0] ?? '') ?? peer;
}

/** @returns whether the client spoke https with the outermost proxy; false where no proxy is trusted */
export function isOverHttps({ headers }: Asked, proxies: number): boolean {
  if (proxies === 0) return false;
  const [first = ''] = String(headers['x-forwarded-proto'] ?? '').split(',');
  return first.trim().toLowerCase() === 'https';
}

/** @returns whether a proxy passed the request on */
export function isForwarded({ headers }: Asked): boolean {
  return (
    headers['x-forwarded-for'] !== undefined || headers.forwarded !== undefined || headers.via !== undefined
  );
}

export function isLoopback(address: string): boolean {
  return address === '::1' || /^127\./.test(address);
}

/**
 * What counts as one sender: an IPv4 address, or the IPv6 network of one customer (/64, RFC 6177), of which a single
 * phone has more addresses than anybody could count.
 */
export function senderOf(address: string): string {
  return isIPv6(address) ? `${groupsOf(address).slice(0, 4).join(':')}::/64` : address;
}

/** @returns the address without port, brackets and zone, IPv4 in IPv6 as IPv4; undefined where it is none */
function plainAddress(text: string): string | undefined {
  const bare = text
    .trim()
    .replace(/^\[([^\]]*)\](:\d+)?$/, '$1')
    .replace(/%.*$/, '')
    .replace(/^(\d+(?:\.\d+){3}):\d+$/, '$1');
  const mapped = /^::ffff:(\d+(?:\.\d+){3})$/i.exec(bare)?.[1];
  if (mapped && isIPv4(mapped)) return mapped;
  return isIP(bare) ? bare : undefined;
}

/** @returns the eight groups of an IPv6 address, in their shortest form */
function groupsOf(address: string): string[] {
  // The parser of addresses knows every way to write one, and gives one.
  const { hostname } = new URL(`http://[${address}]`);
  const [head = '', tail] = hostname.slice(1, -1).split('::');
  const before = head.split(':').filter(Boolean);
  const after = (tail ?? '').split(':').filter(Boolean);
  return [...before, ...Array<string>(8 - before.length - after.length).fill('0'), ...after];
}
