import fc from 'fast-check';

/**
 * @returns the JSON with some of its values changed to anything, taken away or added to: what a broken or a hostile
 *   program sends
 */
export function changed(valid: unknown): fc.Arbitrary<unknown> {
  const paths = pathsIn(valid);
  const change = fc.record({
    path: fc.constantFrom(...paths),
    value: fc.oneof(
      fc.jsonValue({ maxDepth: 3 }),
      fc.constantFrom(
        undefined,
        null,
        '',
        '__proto__',
        'fp:',
        'fp:answer:child.age:0:value:9',
        '\u0000',
        '\ud800',
        1e308,
        -1,
        [[[[]]]],
      ),
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc.constant(JSON.parse('{"__proto__":{"a":1},"constructor":1,"toString":2,"then":3}')),
    ),
  });
  return fc.array(change, { minLength: 1, maxLength: 3 }).map((changes) => {
    const root = { whole: structuredClone(valid) };
    for (const { path, value } of changes) put(root, ['whole', ...path], value);
    return root.whole;
  });
}

function pathsIn(value: unknown, path: readonly string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [[...path]];
  return [[...path], ...Object.entries(value).flatMap(([name, inner]) => pathsIn(inner, [...path, name]))];
}

function put(root: object, path: readonly string[], value: unknown): void {
  let at = root as Record<string, unknown>;
  for (const name of path.slice(0, -1)) {
    const next = at[name];
    // An earlier change took the way away.
    if (typeof next !== 'object' || next === null) return;
    at = next as Record<string, unknown>;
  }
  // A copy: put into itself it would go round for ever.
  at[path.at(-1) as string] = structuredClone(value);
}
