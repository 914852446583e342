import { createHmac } from 'node:crypto';
import { isSame } from '../webhook.ts';

/** @returns the value of X-Hub-Signature-256 for a body, byte for byte as it came */
export function signatureOf(body: Buffer, appSecret: string): string {
  return `sha256=${createHmac('sha256', appSecret).update(body).digest('hex')}`;
}

/** @returns whether Meta sent the body */
export function isSigned(signature: string, body: Buffer, appSecret: string): boolean {
  return isSame(signatureOf(body, appSecret), signature.toLowerCase());
}
