import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  isLoopbackHost,
  isLoopbackUrl,
  isServiceUrl,
} from '../../../src/channels/botframework/service-url.ts';
import { FOREIGN } from './foreign.ts';

const HOSTS = new Set(['smba.trafficmanager.net', 'webchat.botframework.com']);

test.each([
  'https://smba.trafficmanager.net',
  'https://smba.trafficmanager.net/',
  'https://smba.trafficmanager.net/uk/',
  'https://smba.trafficmanager.net/emea/6b1f2c9e-0000-4000-8000-000000000000/',
  'https://SMBA.trafficmanager.net/uk/',
  'https://webchat.botframework.com/',
])('%s is a service of Microsoft’s', (url) => {
  expect(isServiceUrl(url, HOSTS)).toBe(true);
});

test.each(FOREIGN)('%j is none', (url) => {
  expect(isServiceUrl(url, HOSTS)).toBe(false);
});

test('whatever is believed leads to a host on the list, over https, for whoever reads the address', () => {
  const piece = fc.constantFrom(
    ...[
      'https://',
      'http://',
      'smba.trafficmanager.net',
      'evil.example',
      '@',
      ':',
      '/',
      '\\',
      '#',
      '?',
      '.',
      '443',
      '%2f',
      ' ',
      '\t',
    ],
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
      const url = pieces.join('');
      if (!isServiceUrl(url, HOSTS)) return;
      const { protocol, host, username, search, hash } = new URL(url);
      expect([protocol, HOSTS.has(host), username, search, hash]).toEqual(['https:', true, '', '', '']);
    }),
    { numRuns: 5000 },
  );
});

test('for the Emulator, this machine and no other', () => {
  for (const url of [
    'http://localhost:51234',
    'http://127.0.0.1:51234/',
    'http://[::1]:51234/v3',
    'https://localhost',
  ])
    expect([url, isLoopbackUrl(url)]).toEqual([url, true]);
  const others = [
    ...FOREIGN.filter((url) => !/^https:\/\/(127\.0\.0\.1|\[::1\]|localhost)\//.test(url)),
    'http://127.0.0.1.evil.example/',
    'http://localhost@evil.example/',
    'http://localhost:80@evil.example/',
    'http://localhost.evil.example/',
    'http://127.0.0.1:99999/',
    'http://0.0.0.0/',
    'http://10.0.0.1/',
  ];
  expect(others.filter(isLoopbackUrl)).toEqual([]);
});

test('a name of this machine for itself', () => {
  expect(
    ['localhost', '127.0.0.1', '::1', '[::1]:8080', '127.0.0.1:8080', 'LOCALHOST'].filter(isLoopbackHost),
  ).toHaveLength(6);
  expect(
    ['0.0.0.0', '::', '', 'localhost.evil.example', '10.0.0.1', 'evil.example:127'].filter(isLoopbackHost),
  ).toEqual([]);
});
