/**
 * What Cloud API takes as a message, written from Meta's documentation and not from our code
 * (https://developers.facebook.com/documentation/business-messaging/whatsapp/messages: text-messages,
 * interactive-reply-buttons-messages, interactive-list-messages).
 * @returns what is wrong with it
 */
export function faultsOf(message: unknown): readonly string[] {
  const faults: string[] = [];
  const must = (holds: boolean, says: string) => {
    if (!holds) faults.push(says);
  };
  const text = (value: unknown, most: number, what: string) => {
    must(typeof value === 'string' && value.trim() !== '', `${what} is no text`);
    must(typeof value !== 'string' || [...value].length <= most, `${what} is longer than ${most}`);
    must(typeof value !== 'string' || value.isWellFormed(), `${what} has half a letter`);
  };
  const label = (value: unknown, most: number, what: string) => {
    text(value, most, what);
    must(typeof value !== 'string' || !/[\n\t]/.test(value), `${what} has more than one line`);
  };
  const unique = (values: readonly unknown[], what: string) =>
    must(new Set(values).size === values.length, `${what} are not unique`);
  const id = (value: unknown, most: number, what: string) => {
    text(value, most, what);
    must(typeof value !== 'string' || value === value.trim(), `${what} has spaces around`);
  };

  // biome-ignore lint/suspicious/noExplicitAny: it is looked at, part by part
  const given = message as any;
  must(given.messaging_product === 'whatsapp', 'messaging_product');
  must(given.recipient_type === 'individual', 'recipient_type');
  must((given.to === undefined) !== (given.recipient === undefined), 'either to or recipient');
  if (given.type === 'text') {
    text(given.text.body, 4096, 'body');
    must(given.text.preview_url === false, 'preview_url');
    return faults;
  }
  must(given.type === 'interactive', 'type');
  const { type, body, action } = given.interactive;
  if (type === 'button') {
    text(body.text, 1024, 'body');
    const replies = action.buttons.map((button: { reply: unknown }) => button.reply);
    must(replies.length >= 1 && replies.length <= 3, 'one to three buttons');
    must(
      action.buttons.every((button: { type: string }) => button.type === 'reply'),
      'reply buttons',
    );
    for (const reply of replies) {
      id(reply.id, 256, 'id of a button');
      label(reply.title, 20, 'title of a button');
    }
    unique(
      replies.map((reply: { id: string }) => reply.id),
      'ids',
    );
    unique(
      replies.map((reply: { title: string }) => reply.title),
      'titles',
    );
    return faults;
  }
  must(type === 'list', 'type of what is interactive');
  text(body.text, 4096, 'body');
  label(action.button, 20, 'button of a list');
  must(action.sections.length >= 1 && action.sections.length <= 10, 'one to ten sections');
  for (const section of action.sections) label(section.title, 24, 'title of a section');
  const rows = action.sections.flatMap((section: { rows: unknown[] }) => section.rows);
  must(rows.length >= 1 && rows.length <= 10, 'one to ten rows');
  for (const row of rows) {
    id(row.id, 200, 'id of a row');
    label(row.title, 24, 'title of a row');
    if (row.description !== undefined) label(row.description, 72, 'description of a row');
  }
  unique(
    rows.map((row: { id: string }) => row.id),
    'ids',
  );
  unique(
    rows.map((row: { title: string }) => row.title),
    'titles',
  );
  return faults;
}
