import type { Path } from '../faults.ts';
import { type Check, Findings } from './check.ts';

/** What is no letter or digit does not tell one message from another. */
const BETWEEN = /[^\p{L}\p{M}\p{N}]+/gu;

/** No message stands among the examples twice, and none is danger and calm at once, in whatever languages. */
export const examples: Check = ({ content, files }) => {
  const found = new Findings(files);
  const known = new Map<string, { readonly kind: string; readonly where: string }>();
  const look = (code: string, kind: string, text: string, path: Path) => {
    const file = `locales/${code}/examples.yaml`;
    const key = text.toLowerCase().replace(BETWEEN, ' ').trim();
    const before = known.get(key);
    if (!before) known.set(key, { kind, where: file });
    else if (before.kind === kind)
      found.fault(file, path, 'this message stands here already', 'write it once');
    else {
      const other = `this message is ${before.kind} in ${before.where}, and ${kind} here`;
      found.fault(file, path, other, 'decide what it is, and write it once');
    }
  };
  for (const { code, examples } of content.languages.values()) {
    for (const [kind, texts] of Object.entries(examples.danger ?? {}))
      for (const [i, text] of texts.entries()) look(code, kind, text, ['danger', kind, i]);
    for (const [i, text] of (examples.calm ?? []).entries()) look(code, 'calm', text, ['calm', i]);
  }
  return found.list;
};
