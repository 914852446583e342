/** What XML 1.0 cannot hold, even escaped (https://www.w3.org/TR/xml/#charsets). */
const NO_XML = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;

/**
 * @returns messages as Twilio takes them in answer to a webhook, each sent as a text message of its own
 *   (https://www.twilio.com/docs/messaging/twiml/message)
 */
export function twimlOf(texts: readonly string[]): string {
  const messages = texts.map((text) => `<Message>${escaped(text)}</Message>`);
  return `<?xml version="1.0" encoding="UTF-8"?><Response>${messages.join('')}</Response>`;
}

function escaped(text: string): string {
  return text.replace(NO_XML, '').replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
