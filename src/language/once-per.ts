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
