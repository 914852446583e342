import { examples } from '../../../src/content/checks/examples.ts';
import { welsh } from '../made-up.ts';
import { table } from './table.ts';

const DANGER = { 'life-at-risk': ['I cannot go on.'] };

table(examples, [
  {
    name: 'a message twice, however it is written',
    changes: { files: { 'locales/en/examples.yaml': { danger: DANGER, calm: ['Thank you', 'thank YOU!'] } } },
    finds: ['fault examples.yaml - thank YOU!: this message stands here already'],
  },
  {
    name: 'a message that is calm and danger',
    changes: { files: { 'locales/en/examples.yaml': { danger: DANGER, calm: ['i cannot go on'] } } },
    finds: ['this message is life-at-risk in locales/en/examples.yaml, and calm here'],
  },
  {
    name: 'the same in two languages',
    changes: {
      files: welsh({
        'locales/en/examples.yaml': { danger: DANGER },
        'locales/cy/examples.yaml': { calm: ['I cannot go on'] },
      }),
    },
    finds: ['calm here'],
  },
  {
    name: 'two kinds of danger',
    changes: {
      files: { 'locales/en/examples.yaml': { danger: { ...DANGER, other: ['I cannot go on'] } } },
    },
    finds: ['this message is life-at-risk in locales/en/examples.yaml, and other here'],
  },
  {
    name: 'messages that differ',
    changes: { files: { 'locales/en/examples.yaml': { danger: DANGER, calm: ['I can go on'] } } },
    finds: [],
  },
]);
