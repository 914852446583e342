import type { Outgoing } from '../messaging/compose.ts';

/** What Cloud API takes as a message, without whom it is for. */
export type Payload =
  | { readonly type: 'text'; readonly text: { readonly preview_url: false; readonly body: string } }
  | { readonly type: 'interactive'; readonly interactive: Interactive };

type Interactive =
  | {
      readonly type: 'button';
      readonly body: { readonly text: string };
      readonly action: {
        readonly buttons: readonly {
          readonly type: 'reply';
          readonly reply: { readonly id: string; readonly title: string };
        }[];
      };
    }
  | {
      readonly type: 'list';
      readonly body: { readonly text: string };
      readonly action: {
        readonly button: string;
        readonly sections: readonly {
          readonly title: string;
          readonly rows: readonly {
            readonly id: string;
            readonly title: string;
            readonly description?: string;
          }[];
        }[];
      };
    };

/**
 * Puts a message into WhatsApp's own manner: reply buttons, a list that opens, or text. It is within the limits already;
 * nothing is cut here. Addresses in it are never fetched for a preview.
 * @param listButton the word that opens a list, and that stands above its rows: at most 20 characters
 */
export function payloadOf({ text, manner, options }: Outgoing, listButton: string): Payload {
  if (manner === 'text' || options.length === 0)
    return { type: 'text', text: { preview_url: false, body: text } };
  const body = { text };
  if (manner === 'buttons') {
    const buttons = options.map(
      ({ key, label }) => ({ type: 'reply', reply: { id: key, title: label } }) as const,
    );
    return { type: 'interactive', interactive: { type: 'button', body, action: { buttons } } };
  }
  const rows = options.map(({ key, label, description }) => ({
    id: key,
    title: label,
    ...(description ? { description } : {}),
  }));
  const action = { button: listButton, sections: [{ title: listButton, rows }] };
  return { type: 'interactive', interactive: { type: 'list', body, action } };
}
