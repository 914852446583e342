import { type Check, Findings } from './check.ts';
import { everyText } from './texts.ts';

const STARTS =
  /^(?:[,;:.)]|(?:and|or|but|because|that|which|who|with|to|of|for|in|at|by|from|if|than|the|a|an|your)\b)/;
/** English may end with "of" or "for": "the person you care for". */
const ENDS = /(?:[,;(]|(?:^|\s)(?:and|or|but|because|which|than|the|a|an|your))$/;
const WHOLE = /^(?:["“‘(]?\p{Lu}|\{\{)[\s\S]*[.!?]["”’)]?$/u;

/** Halves of sentences, to be glued together: in another language the words stand in another order. */
export const fragments: Check = (loaded) => {
  const found = new Findings(loaded.files);
  const cure = 'write a whole sentence: other languages order the words in another way';
  for (const { of, file, path, field, text } of everyText(loaded)) {
    // A folded YAML text may end with a line break; a space within the line was put there to be glued.
    const line = text.replace(/\n+$/, '');
    if (/^\s|[^\S\n]$/.test(line)) {
      found.fault(file, path, 'the text starts or ends with a space', cure);
      continue;
    }
    if (of === 'interface') continue;
    if (STARTS.test(line) || ENDS.test(line)) {
      found.fault(file, path, `the text is half a sentence: "${line.slice(0, 40)}"`, cure);
    } else if (of === 'facts' && field === 'said' && !WHOLE.test(line)) {
      found.fault(
        file,
        path,
        `\`said\` is not a whole sentence: "${line.slice(0, 40)}"`,
        'start with a capital letter and end with a full stop',
      );
    }
  }
  return found.list;
};
