import { createHmac } from 'node:crypto';

/** Made up, in the shape that Twilio's documentation gives. */
export const ACCOUNT = 'ACaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa';
export const TOKEN = '12345678901234567890123456789012';
export const NUMBER = '+447700900999';
export const PUBLIC_URL = 'https://help.example.org';
export const PARENT = '+447700900123';

let messages = 0;
export function messageId(): string {
  messages++;
  return `SM${messages.toString(16).padStart(32, '0')}`;
}

/**
 * What Twilio posts for a text message that came in, field by field as its documentation lists them
 * (https://www.twilio.com/docs/messaging/guides/webhook-request, "Parameters in Twilio's request to your application").
 */
export function messageFrom(body: string, fields: Readonly<Record<string, string>> = {}): URLSearchParams {
  const MessageSid = fields.MessageSid ?? messageId();
  return new URLSearchParams({
    ToCountry: 'GB',
    ToState: '',
    SmsMessageSid: MessageSid,
    NumMedia: '0',
    ToCity: '',
    FromZip: '',
    SmsSid: MessageSid,
    FromState: '',
    SmsStatus: 'received',
    FromCity: '',
    Body: body,
    FromCountry: 'GB',
    To: NUMBER,
    ToZip: '',
    NumSegments: '1',
    MessageSid,
    AccountSid: ACCOUNT,
    From: PARENT,
    ApiVersion: '2010-04-01',
    ...fields,
  });
}

/** A picture message: the address of the picture is there to be fetched, and is not. */
export function pictureFrom(body: string, media: string): URLSearchParams {
  const id = messageId().replace('SM', 'MM');
  return messageFrom(body, {
    MessageSid: id,
    NumMedia: '1',
    MediaContentType0: 'image/jpeg',
    MediaUrl0: media,
  });
}

/** Signs by hand, step by step as the documentation says, and not with our own function. */
export function sign(url: string, form: URLSearchParams, token = TOKEN): string {
  const pairs = [...form].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  let text = url;
  for (const [name, value] of pairs) text += name + value;
  return createHmac('sha1', token).update(text).digest('base64');
}
