import { stages } from '../../../src/content/checks/stages.ts';
import { table } from './table.ts';

const WHOLE = {
  id: 'answer',
  title: 'They answer',
  who: 'council',
  what: 'They say yes or no.',
  when: 'Within 6 weeks.',
  first: 'No diagnosis is needed.',
  meanwhile: 'Keep a diary.',
  myth: { said: 'They can wait.', truth: 'They cannot.' },
};
const way = (change: object, entry: object = {}) => ({
  entries: { 'carer-money': { stages: [{ ...WHOLE, ...change }], ...entry } },
});

table(stages, [
  { name: 'a stage with everything', changes: way({}), finds: [] },
  {
    name: 'a stage that leaves a parent alone',
    changes: way({ first: undefined, meanwhile: undefined, myth: undefined }),
    finds: [
      'warning carer-money.yaml - id: the stage "answer" does not say whether a diagnosis',
      'is a wait, and does not say what to do meanwhile',
      'warning carer-money.yaml stages: the way answers no myth',
    ],
  },
  {
    name: 'what the parent does is no wait, nor is what has no time',
    changes: {
      entries: {
        'carer-money': {
          stages: [
            { ...WHOLE, who: 'you', meanwhile: undefined },
            { ...WHOLE, id: 'next', when: undefined, meanwhile: undefined },
          ],
        },
      },
    },
    finds: [],
  },
  {
    name: 'a myth of the entry will do',
    changes: way({ myth: undefined }, { myths: [WHOLE.myth] }),
    finds: [],
  },
]);
