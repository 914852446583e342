import { createHmac } from 'node:crypto';
import { isSame } from '../webhook.ts';

/**
 * Signs a request as Twilio does (https://www.twilio.com/docs/usage/webhooks/webhooks-security): HMAC-SHA1 with the
 * account's token over the address, followed by each name and value of the form, sorted by name. Of several values of
 * one name each counts once, sorted too.
 */
export function signatureOf(url: string, form: URLSearchParams, authToken: string): string {
  const names = [...new Set(form.keys())].sort();
  const pairs = names.flatMap((name) => [...new Set(form.getAll(name))].sort().map((value) => name + value));
  return createHmac('sha1', authToken)
    .update(url + pairs.join(''), 'utf8')
    .digest('base64');
}

/**
 * @param origin under which people reach us: "https://help.example.org"
 * @param path of the request, with its query
 * @returns whether Twilio sent it to us. Twilio sometimes names the port of the address and sometimes does not.
 */
export function isSigned(
  signature: string,
  origin: string,
  path: string,
  form: URLSearchParams,
  authToken: string,
): boolean {
  const { protocol, hostname, port } = new URL(origin);
  const withPort = `${protocol}//${hostname}:${port || (protocol === 'https:' ? '443' : '80')}`;
  const addresses = [origin, withPort, `${protocol}//${hostname}`].map((one) => one + path);
  // All of them, whichever it is: the time says nothing.
  return addresses.filter((url) => isSame(signatureOf(url, form, authToken), signature)).length > 0;
}
