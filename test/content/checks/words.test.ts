import { words } from '../../../src/content/checks/words.ts';
import { table } from './table.ts';

const who = (text: string) => ({ entries: { 'carer-money': { who: text } } });

table(words, [
  {
    name: 'a word to avoid',
    changes: who('You need Respite.'),
    finds: ['fault carer-money.yaml who: "respite" is a word'],
  },
  { name: 'of several words, over a line break', changes: who('Ask prior\nto it.'), finds: ['"prior to"'] },
  { name: 'a part of another word', changes: who('It is respiteful.'), finds: [] },
  { name: 'in quotes or brackets', changes: who('A break ("respite"), or time off (respite).'), finds: [] },
  {
    name: 'in what a thing is called by law',
    changes: who('A child with additional learning needs.'),
    finds: [],
  },
]);
