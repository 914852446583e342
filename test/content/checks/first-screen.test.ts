import { firstScreen } from '../../../src/content/checks/first-screen.ts';
import { table } from './table.ts';

const free = { when: undefined, effort: 1, worth: undefined };
const seven = {
  'carer-money': free,
  ...Object.fromEntries([1, 2, 3, 4, 5, 6].map((i) => [`easy-${i}`, free])),
};
/** Off their topic it is not shown to anybody, and on it the seven come first. */
const last = { ...free, reach: 'topic', effort: 3 };

table(firstScreen, [
  {
    name: 'an entry behind seven that always come before it',
    changes: { entries: { ...seven, last } },
    finds: [
      'warning last.yaml topics: not even a family that this is made for would see it on the first screen',
    ],
  },
  { name: 'seven entries have room', changes: { entries: seven }, finds: [] },
  {
    name: 'in a danger that it helps in it comes first',
    changes: { entries: { ...seven, last }, dangers: { 'life-at-risk': { entries: ['last'] } } },
    finds: [],
  },
  {
    name: 'what a family told us comes before what holds for anybody',
    changes: {
      facts: { 'household.nation': { background: true } },
      entries: { ...seven, last: { ...last, when: { 'carer.hours': { at_least: 35 } } } },
    },
    finds: [],
  },
  {
    name: 'on another of its topics it has room',
    changes: {
      topics: { school: {} },
      entries: { ...seven, last: { ...last, topics: ['money', 'school'] } },
    },
    finds: [],
  },
  {
    name: 'what only somebody else can decide stays behind what is sure',
    changes: {
      entries: {
        ...seven,
        last: { ...last, effort: 1, when: undefined, may_when: { 'carer.hours': { at_least: 35 } } },
      },
    },
    finds: ['warning last.yaml topics: not even'],
  },
]);
