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
