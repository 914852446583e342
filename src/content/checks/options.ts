import { nearest } from '../../engine/rules.ts';
import type { FactText } from '../schemas.ts';
import { type Check, Findings } from './check.ts';
import { placeholdersIn } from './texts.ts';

/** Labels and sentences that miss an option of their fact, or name one that it does not have. */
export const options: Check = (loaded) => {
  const found = new Findings(loaded.files);
  for (const { fact } of loaded.content.model.facts) {
    const text = loaded.content.facts.get(fact.id) as FactText;
    const same = (
      field: 'labels' | 'said' | 'danger' | 'exclusive',
      named: readonly string[],
      whole: boolean,
    ) => {
      for (const option of named) {
        if (!fact.options.includes(option))
          found.fault(
            'facts',
            [fact.id, field, option],
            `"${fact.id}" has no option "${option}"`,
            nearest(option, fact.options),
          );
      }
      const missing = fact.options.filter((option) => !named.includes(option));
      if (whole && missing.length > 0)
        found.fault(
          'facts',
          [fact.id, field],
          `\`${field}\` misses ${missing.map((option) => `"${option}"`).join(', ')}`,
          'add a line for each option',
        );
    };
    // "Yes" and "No" stand in the interface; a yes_no fact has labels only where it says more.
    const needsLabels = fact.type === 'choice' || fact.type === 'choices';
    if (text.labels || needsLabels) same('labels', Object.keys(text.labels ?? {}), true);
    same('danger', Object.keys(text.danger ?? {}), false);
    same('exclusive', fact.exclusive, false);
    if (typeof text.said === 'object') {
      if (fact.options.length > 0) same('said', Object.keys(text.said), true);
      else
        found.fault(
          'facts',
          [fact.id, 'said'],
          `"${fact.id}" has no options to say`,
          'write one sentence with {{value}}',
        );
    } else if (!placeholdersIn(text.said).includes('value')) {
      found.fault(
        'facts',
        [fact.id, 'said'],
        'what we say back does not say the answer',
        fact.options.length > 0 ? 'write a sentence for each option' : 'write a sentence with {{value}}',
      );
    }
  }
  return found.list;
};
