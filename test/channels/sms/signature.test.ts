import { expect, test } from 'vitest';
import { isSigned, signatureOf } from '../../../src/channels/sms/signature.ts';
import { messageFrom, PUBLIC_URL, sign, TOKEN } from './twilio.ts';

test('the example of Twilio’s own documentation has the signature that stands there', () => {
  // https://www.twilio.com/docs/usage/webhooks/webhooks-security, "Explore the algorithm yourself"; twilio-node's own test
  // has the same: address, form, token "12345" and result.
  const form = new URLSearchParams({
    CallSid: 'CA1234567890ABCDE',
    Caller: '+14158675309',
    Digits: '1234',
    From: '+14158675309',
    To: '+18005551212',
  });
  const url = 'https://mycompany.com/myapp.php?foo=1&bar=2';
  expect(signatureOf(url, form, '12345')).toBe('RSOYDt4T1cUTdK1PDd93/VVr8B8=');
});

test('several values of one name count once each, sorted, as Twilio’s own libraries have it', () => {
  const form = new URLSearchParams('MediaUrl=b&MediaUrl=a&MediaUrl=b&Body=x');
  const plain = new URLSearchParams('Body=x&MediaUrl=a&MediaUrl=b');
  expect(signatureOf('https://a.example/', form, 't')).toBe(sign('https://a.example/', plain, 't'));
});

test('a port that is named or not makes no difference; another host, path, query, field or token does', () => {
  const form = messageFrom('Hello');
  const of = (url: string, token = TOKEN) => sign(url, form, token);
  const is = (signature: string, path = '/channels/sms', given = form) =>
    isSigned(signature, PUBLIC_URL, path, given, TOKEN);
  expect(is(of('https://help.example.org/channels/sms'))).toBe(true);
  expect(is(of('https://help.example.org:443/channels/sms'))).toBe(true);
  expect(is(of('https://help.example.org/channels/sms?a=1'), '/channels/sms?a=1')).toBe(true);
  const withPort = sign('https://help.example.org:8443/channels/sms', form);
  expect(isSigned(withPort, 'https://help.example.org:8443', '/channels/sms', form, TOKEN)).toBe(true);
  expect(is(of('https://help.example.com/channels/sms'))).toBe(false);
  expect(is(of('http://help.example.org/channels/sms'))).toBe(false);
  expect(is(of('https://help.example.org:8443/channels/sms'))).toBe(false);
  expect(is(of('https://help.example.org/channels/sms'), '/channels/sms?a=1')).toBe(false);
  expect(is(of('https://help.example.org/channels/sms', 'another'))).toBe(false);
  const changed = new URLSearchParams(form);
  changed.set('Body', 'Hello!');
  expect(is(of('https://help.example.org/channels/sms'), '/channels/sms', changed)).toBe(false);
  expect(is('')).toBe(false);
  expect(is('no signature, and much too long for one'.repeat(100))).toBe(false);
});
