import { keyOf } from './keys.ts';
import type { Limits } from './limits.ts';
import type { Block, Option, Screen } from './screen.ts';
import { isPlain, plainLetters, segmentsOf } from './segments.ts';

/** How the options of a message are shown. `text`: with numbers in the text, and nothing to tap. */
export type Manner = 'buttons' | 'list' | 'text';

export interface ShownOption {
  readonly key: string;
  /** Within the channel's limit. */
  readonly label: string;
  /** A second line, where the label alone would say too little. */
  readonly description?: string;
}

/** One message, ready for a channel. */
export interface Outgoing {
  readonly text: string;
  readonly manner: Manner;
  /** Only on the last message of a screen. */
  readonly options: readonly ShownOption[];
}

export interface Composed {
  readonly messages: readonly Outgoing[];
  /** The keys of all options of the screen: the first is number 1. */
  readonly keys: readonly string[];
  /** The block that comes next; absent where all is shown. */
  readonly more?: number;
}

/** The words that are put around: in the reader's language. */
export interface FrameWords {
  readonly more: string;
  /** How to ask for more where there is nothing to tap. */
  readonly sendMore: string;
  /** Above options that stand in a message of their own. */
  readonly choose: string;
  /** Below options with numbers. */
  readonly withNumber: string;
}

/** An option on the page, with its number on the whole screen. */
interface Numbered {
  readonly option: Option;
  readonly number: number;
}

/** Without a number: "more", which is no answer and stands there in its word. */
type Shown = Numbered | { readonly option: Option; readonly number?: undefined };

/**
 * Cuts a screen to the limits of a channel. The one place that decides how a question is shown; what it shows, `readReply`
 * reads.
 * @param from the block to begin with: what came before was shown already
 */
export function compose(screen: Screen, limits: Limits, words: FrameWords, from = 0): Composed {
  const { name, before, after, help, urgent } = screen;
  const blocks = screen.blocks.flatMap((block) => parted(block, limits));
  const all = [...before, ...blocks];
  const options = [...all, ...after, ...help].flatMap((block) => (block.option ? [block.option] : []));
  const start = from === 0 ? 0 : before.length + Math.min(from, Math.max(0, blocks.length - 1));
  const end = urgent ? all.length : endOfPage(all, start, limits, screen);
  const page = [...all.slice(start, end), ...(start === 0 ? after : []), ...help];
  const numbered = page.flatMap((block): Numbered[] =>
    block.option ? [{ option: block.option, number: options.indexOf(block.option) + 1 }] : [],
  );
  const more =
    end < all.length
      ? { key: keyOf({ type: 'more', from: end - before.length, screen: name }), label: words.more }
      : undefined;
  const shown: readonly Shown[] = more ? [...numbered, { option: more }] : numbered;
  const keys = [...options.map(({ key }) => key), ...(more ? [more.key] : [])];
  const rung = rungOf(shown, limits, screen.numbers !== 'answer');
  const lines = page.flatMap((block) => linesOf(block, numbered, rung.inText));
  if (more && rung.options.length === 0) lines.push({ text: words.sendMore, close: false });
  if (rung.inText === 'numbers' && shown.length > 0)
    lines.push({ text: words.withNumber, close: false, ifRoom: true });
  const texts = pack(lines, limits);
  const last = texts.pop() ?? words.choose;
  return {
    messages: [
      ...texts.map((text): Outgoing => ({ text, manner: 'text', options: [] })),
      { text: last, manner: rung.manner, options: rung.options },
    ],
    keys,
    ...(more ? { more: end - before.length } : {}),
  };
}

/** How the options stand in the text as well: with numbers, by their words alone, or not at all. */
type InText = 'numbers' | 'words' | 'none';

interface Rung {
  readonly manner: Manner;
  readonly inText: InText;
  readonly options: readonly ShownOption[];
}

/** The ladder: buttons with their words; a list; buttons with numbers; text. */
function rungOf(shown: readonly Shown[], { buttons, list }: Limits, hasNumbers: boolean): Rung {
  const fits = (most: number, label: number) =>
    shown.length <= most && shown.every(({ option }) => option.label.length <= label);
  const plain = shown.map(({ option }): ShownOption => ({ key: option.key, label: option.label }));
  if (shown.length === 0) return { manner: 'text', inText: 'none', options: [] };
  if (buttons && fits(buttons.most, buttons.label))
    return { manner: 'buttons', inText: 'none', options: plain };
  if (list && fits(list.most, list.label)) return { manner: 'list', inText: 'none', options: plain };
  if (!hasNumbers) return { manner: 'text', inText: 'words', options: [] };
  const withNumbers = shown.map(
    ({ option, number }): ShownOption => ({
      key: option.key,
      label: number === undefined ? option.label : String(number),
    }),
  );
  if (list && shown.length <= list.most) {
    const rows = withNumbers.map((row, i): ShownOption => {
      const { option, number } = shown[i] as Shown;
      return number === undefined ? row : { ...row, description: shorten(option.label, list.description) };
    });
    return { manner: 'list', inText: 'numbers', options: rows };
  }
  if (buttons && shown.length <= buttons.most)
    return { manner: 'buttons', inText: 'numbers', options: withNumbers };
  return { manner: 'text', inText: 'numbers', options: [] };
}

/** @returns a block that no message can hold as several, so that a page can end inside of it. */
function parted(block: Block, limits: Limits): readonly Block[] {
  if (block.option || fitsIn(plainLetters(block.text), limits)) return [block];
  const [first = '', ...others] = split(block.text, limits);
  return [{ ...block, text: first }, ...others.map((text) => ({ text }))];
}

function shorten(label: string, most: number): string {
  if (label.length <= most) return label;
  const cut = label.slice(0, most - 1);
  const space = cut.lastIndexOf(' ');
  return `${(space > most / 2 ? cut.slice(0, space) : cut).toWellFormed()}…`;
}

/** @returns the first block that is no longer on the page. At least one is. */
function endOfPage(
  all: readonly Block[],
  start: number,
  limits: Limits,
  { before, after, help }: Pick<Screen, 'before' | 'after' | 'help'>,
): number {
  const isFirst = start === 0;
  const foot = isFirst ? [...after, ...help] : help;
  // One letter outside the plain alphabet makes all of a text message take more.
  const each =
    limits.segments === undefined || [...all, ...foot].every(({ text }) => isPlain(plainLetters(text)))
      ? 1
      : 153 / 67;
  const lengthOf = (blocks: readonly Block[]) =>
    blocks.reduce((sum, { text }) => sum + (text.length + 2) * each, 0);
  const one = roomOf(limits);
  // What comes first may be as long as all the rest: one message is always for what is asked.
  let text = limits.messages * one - lengthOf(foot);
  let from = start;
  if (isFirst) {
    text = Math.max(text - lengthOf(before), Math.min(one, text));
    from = before.length;
  }
  const countOf = (blocks: readonly Block[]) => blocks.filter((block) => block.option).length;
  const most = mostOptions(limits);
  const wanted = countOf(all.slice(from)) + countOf(foot);
  // One place is kept for "more", where there is more.
  let options = (wanted <= most ? most : most - 1) - countOf(foot);
  for (let at = from; at < all.length; at++) {
    const block = all[at] as Block;
    text -= (block.text.length + 2) * each;
    options -= block.option ? 1 : 0;
    const isFull = text < 0 || options < 0;
    if ((isFull || (block.newPage && limits.messages > 1)) && at > from) return withoutHeading(all, from, at);
  }
  return all.length;
}

/** A heading does not stand alone at the end of a page. */
function withoutHeading(all: readonly Block[], start: number, end: number): number {
  const last = all[end - 1];
  return end - 1 > start && last && !last.option && all[end]?.option && !all[end]?.bare ? end - 1 : end;
}

function mostOptions({ buttons, list, numbers }: Limits): number {
  return list?.most ?? buttons?.most ?? numbers;
}

/** Units of room in a message: characters, or those of its segments. */
function roomOf({ characters, segments }: Limits): number {
  return segments === undefined ? characters : segments * 153;
}

interface Line {
  readonly text: string;
  /** Stands close to the line before it. */
  readonly close: boolean;
  /** Not worth a message of its own. */
  readonly ifRoom?: boolean;
}

function linesOf(block: Block, numbered: readonly Numbered[], how: InText): Line[] {
  const own = numbered.find(({ option }) => option === block.option);
  if (!own) return [{ text: block.text, close: false }];
  if (!block.bare) return [{ text: `${own.number}. ${block.text}`, close: false }];
  return how === 'none' ? [] : [{ text: inText(block.text, own.number, how), close: true }];
}

function inText(label: string, number: number, how: InText): string {
  return how === 'numbers' ? `${number}. ${label}` : `- ${label}`;
}

/** Puts lines into as few messages as fit. */
function pack(lines: readonly Line[], limits: Limits): string[] {
  const texts: string[] = [];
  let open = '';
  for (const { text: whole, close, ifRoom } of lines) {
    const text = limits.segments === undefined ? whole : plainLetters(whole);
    const joined = open === '' ? text : `${open}${close ? '\n' : '\n\n'}${text}`;
    if (fitsIn(joined, limits)) {
      open = joined;
      continue;
    }
    if (ifRoom) continue;
    if (open !== '') texts.push(open);
    const parts = split(text, limits);
    texts.push(...parts.slice(0, -1));
    open = parts.at(-1) ?? '';
  }
  return open === '' ? texts : [...texts, open];
}

function fitsIn(text: string, { characters, segments }: Limits): boolean {
  if (text.length > characters) return false;
  // So short that it fits in whatever letters.
  return segments === undefined || text.length <= 67 * segments || segmentsOf(text) <= segments;
}

/** Cuts a text that is too long for one message: between lines, then sentences, then words, then anywhere. */
function split(text: string, limits: Limits): string[] {
  const parts: string[] = [];
  let rest = text;
  while (!fitsIn(rest, limits)) {
    let most = rest.length;
    while (most > 1 && !fitsIn(rest.slice(0, most), limits)) most = Math.ceil(most * 0.9) - 1;
    const head = rest.slice(0, Math.max(1, most));
    const at = [head.lastIndexOf('\n'), head.lastIndexOf('. ') + 1, head.lastIndexOf(' ')].find(
      (place) => place > head.length / 3,
    );
    const cut = at ?? head.length;
    parts.push(rest.slice(0, cut).trim());
    rest = rest.slice(cut).trim();
  }
  return rest === '' ? parts : [...parts, rest];
}
