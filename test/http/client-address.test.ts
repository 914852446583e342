import type { IncomingMessage } from 'node:http';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { clientAddress, isOverHttps, senderOf } from '../../src/http/client-address.ts';

function asked(remoteAddress: string | undefined, headers: Record<string, string> = {}) {
  return { headers, socket: { remoteAddress } } as unknown as IncomingMessage;
}
const through = (forwarded: string) => asked('10.0.0.1', { 'x-forwarded-for': forwarded });

it.each([
  [0, '198.51.100.7', '10.0.0.1'],
  [1, '198.51.100.7', '198.51.100.7'],
  // What stands before the last was written by whoever asks.
  [1, '203.0.113.9, 198.51.100.7', '198.51.100.7'],
  [2, '203.0.113.9, 198.51.100.7, 10.0.0.2', '198.51.100.7'],
  [2, '198.51.100.7', '198.51.100.7'],
  [1, '198.51.100.7:51234', '198.51.100.7'],
  [1, '[2001:db8::1]:443', '2001:db8::1'],
  [1, '::ffff:198.51.100.7', '198.51.100.7'],
  [1, 'fe80::1%eth0', 'fe80::1'],
  [1, 'unknown', '10.0.0.1'],
  [1, '', '10.0.0.1'],
  [1, '198.51.100.7, ', '10.0.0.1'],
  [1, '999.1.1.1', '10.0.0.1'],
])('behind %i proxies, "%s" is %s', (proxies, forwarded, address) => {
  expect(clientAddress(through(forwarded), proxies)).toBe(address);
});

it('without a proxy it is the other end of the connection', () => {
  expect(clientAddress(asked('::ffff:192.0.2.1'), 0)).toBe('192.0.2.1');
  expect(clientAddress(asked(undefined), 0)).toBe('');
});

it('whatever is sent before what our proxy adds changes nothing', () => {
  fc.assert(
    fc.property(fc.string(), (sent) => {
      expect(clientAddress(through(`${sent}, 198.51.100.7`), 1)).toBe('198.51.100.7');
    }),
  );
});

it('https is believed of a trusted proxy only', () => {
  const secure = asked('10.0.0.1', { 'x-forwarded-proto': 'https' });
  expect([isOverHttps(secure, 0), isOverHttps(secure, 1), isOverHttps(asked('10.0.0.1'), 1)]).toEqual([
    false,
    true,
    false,
  ]);
  expect(isOverHttps(asked('10.0.0.1', { 'x-forwarded-proto': 'http' }), 1)).toBe(false);
});

it.each([
  ['198.51.100.7', '198.51.100.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:DB8:1:2::6', '2001:db8:1:2::/64'],
  ['2001:0db8::', '2001:db8:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['1::2:3:4:5:6:7', '1:0:2:3::/64'],
  ['2001:db8:1:2:3:4:192.0.2.1', '2001:db8:1:2::/64'],
])('%s counts as %s', (address, sender) => {
  expect(senderOf(address)).toBe(sender);
});

it('all addresses of one IPv6 network are one sender, and those of two are two', () => {
  fc.assert(
    fc.property(fc.ipV6(), fc.ipV6(), (one, other) => {
      expect(senderOf(one)).toMatch(/^([\da-f]{1,4}:){4}:\/64$/);
      const isSame = senderOf(one) === senderOf(other);
      const full = (address: string) => BigInt(`0x${hex(address)}`) >> 64n;
      expect(isSame).toBe(full(one) === full(other));
    }),
  );
});

/** Our own way to write an address out, for the comparison. */
function hex(address: string): string {
  const plain = address.replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, (_, a, b, c, d) => {
    const group = (high: string, low: string) => (Number(high) * 256 + Number(low)).toString(16);
    return `${group(a, b)}:${group(c, d)}`;
  });
  const [head = '', tail] = plain.split('::');
  const parts = (text: string) => text.split(':').filter(Boolean);
  const missing = tail === undefined ? 0 : 8 - parts(head).length - parts(tail).length;
  const groups = [...parts(head), ...Array(missing).fill('0'), ...parts(tail ?? '')];
  return groups.map((group: string) => group.padStart(4, '0')).join('');
}
