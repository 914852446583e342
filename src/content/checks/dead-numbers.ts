import { type Check, Findings } from './check.ts';
import { everyText } from './texts.ts';

/** Numbers that must not come back: knowledge/dead-numbers.yaml. */
export const deadNumbers: Check = (loaded) => {
  const found = new Findings(loaded.files);
  const dead = Object.entries(loaded.data.deadNumbers).map(([number, why]) => ({
    number,
    why,
    digits: digitsOf(number),
  }));
  const look = (file: string, path: (string | number)[], text: string) => {
    // Each run of digits on its own, so that two numbers side by side do not make a third.
    const runs = (text.match(/\d[\d ()-]*\d/g) ?? []).map(digitsOf);
    for (const { number, why, digits } of dead) {
      if (runs.some((run) => run.startsWith(digits)))
        found.fault(file, path, `"${number}" is a number that must not be given`, why);
    }
  };
  for (const { file, path, text } of everyText(loaded)) look(file, [...path], text);
  for (const [id, contact] of loaded.content.contacts) {
    for (const [field, value] of Object.entries(contact)) {
      // The note is for curators: it may tell why a number is no longer there.
      if (typeof value === 'string' && field !== 'note') look('contacts', [id, field], value);
    }
  }
  return found.list;
};

function digitsOf(text: string): string {
  return text.replace(/\D/g, '').replace(/^44/, '0');
}
