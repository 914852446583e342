import { isKept, keptOrMade } from '../content/kept.ts';

/**
 * @returns a function that makes something from an object on first use and keeps it for as long as the object lives.
 * Content is immutable, so what was made from it once holds for good; and a start costs nothing.
 */
export function oncePer<Key extends object, Made>(make: (key: Key) => Made): (key: Key) => Made {
  const made = new WeakMap<Key, { readonly value: Made }>();
  return (key) => {
    let kept = made.get(key);
    if (!kept) {
      kept = { value: make(key) };
      made.set(key, kept);
    }
    return kept.value;
  };
}

/** What takes so long to make that it is kept on the disk: the names of the files. */
const KEPT = ['danger', 'examples', 'telling', 'topics'] as const;

/**
 * As `oncePer`, for what takes long to make: where the content is kept on the disk, this is kept beside it.
 * @param make what it makes is plain data, as `node:v8` can write it
 */
export function keptOncePer<Source extends object, Made>(
  name: (typeof KEPT)[number],
  make: (content: Source) => Made,
): (content: Source) => Made {
  return oncePer((content: Source) => keptOrMade(name, content, make));
}

/** @returns whether all that takes long was made of this content before, and is kept. */
export function areKept(content: object): boolean {
  return isKept(KEPT, content);
}

const ofMessage: Map<string, unknown>[] = [];
let isReading = false;

/**
 * Reads one message: what is made of its text on the way is made once (`oncePerText`), and forgotten with it.
 * @param read must not wait for anything
 */
export function readingMessage<Read>(read: () => Read): Read {
  if (isReading) return read();
  isReading = true;
  try {
    return read();
  } finally {
    isReading = false;
    for (const made of ofMessage) made.clear();
  }
}

/** @returns a function that makes something of a text, once while a message is read. What it makes is not changed */
export function oncePerText<Made>(make: (text: string) => Made): (text: string) => Made {
  const made = new Map<string, Made>();
  ofMessage.push(made);
  return (text) => {
    if (!isReading) return make(text);
    const known = made.get(text);
    if (known !== undefined || made.has(text)) return known as Made;
    const value = make(text);
    made.set(text, value);
    return value;
  };
}
