import { contradictions } from '../../../src/content/checks/contradictions.ts';
import { table } from './table.ts';

const age = {
  scope: 'child',
  type: 'age',
  max: 25,
  background: true,
  options: undefined,
  labels: undefined,
  said: 'Your child is {{value}}.',
};
const dla = { scope: 'child', type: 'choice', options: ['none', 'low', 'high'] };
const ehc = { scope: 'child', type: 'choice', options: ['none', 'asked', 'refused'] };
const facts = { 'child.age': age, 'child.dla': dla, 'child.ehc': ehc };
const stage = (if_not: string) => [
  { id: 'answer', title: 'The council answers', who: 'council', what: 'It must write to you.', if_not },
];

table(contradictions, [
  {
    name: 'a refusal that leads into another nation',
    changes: {
      entries: {
        'carer-money': { if_refused: 'scottish' },
        scottish: { nations: ['scotland'], when: undefined },
      },
    },
    finds: ['fault carer-money.yaml if_refused: this leads to "scottish", but no family can have both'],
  },
  {
    name: 'a refusal that leads to help for grown-ups only',
    changes: {
      facts,
      entries: {
        'carer-money': { when: { 'child.age': { under: 16 } }, if_refused: 'adult' },
        adult: { when: { 'child.age': { at_least: 18 } } },
      },
    },
    finds: ['fault carer-money.yaml if_refused: this leads to "adult"'],
  },
  {
    name: 'by a refusal another answer becomes another one, and years later the child is older',
    changes: {
      facts,
      entries: {
        'carer-money': { when: { 'child.ehc': 'asked' }, if_refused: 'appeal' },
        appeal: { when: { 'child.ehc': 'refused' } },
        child: { when: { 'child.age': { under: 16 } }, stages: stage('adult') },
        adult: { when: { 'child.age': { at_least: 18 } } },
      },
    },
    finds: [],
  },
  {
    name: 'a stage that leads into another nation',
    changes: {
      entries: {
        'carer-money': { stages: stage('scottish') },
        scottish: { nations: ['scotland'], when: undefined },
      },
    },
    finds: ['fault carer-money.yaml if_not: this leads to "scottish", but no family can have both'],
  },
  {
    name: 'a discretionary route counts',
    changes: {
      facts,
      entries: {
        'carer-money': { when: { 'child.age': { under: 16 } }, if_refused: 'adult' },
        adult: { when: { 'child.age': { at_least: 18 } }, may_when: { 'child.age': { at_least: 15 } } },
      },
    },
    finds: [],
  },
  {
    name: 'a grant that opens nothing for whoever can have it',
    changes: {
      facts,
      entries: {
        'carer-money': { when: { all: [{ 'child.dla': 'high' }, { 'child.age': { at_least: 16 } }] } },
        dla: { when: { 'child.age': { under: 16 } }, gives: { 'child.dla': ['high'] } },
      },
    },
    finds: [
      'warning dla.yaml child.dla: being granted this could open carer-money, but no family can have both',
    ],
  },
  {
    name: 'a grant that does not count as having it',
    changes: {
      facts,
      entries: {
        'carer-money': { when: { 'child.dla': { in: ['low', 'high'] } } },
        dla: {
          when: { 'child.age': { under: 16 } },
          held: { 'child.dla': 'high' },
          gives: { 'child.dla': ['low', 'high'] },
        },
      },
    },
    finds: ['warning dla.yaml child.dla: being granted "low" does not count as having it'],
  },
  {
    name: 'an answer with two meanings',
    changes: {
      facts,
      entries: {
        'carer-money': { held: { 'child.dla': 'high' } },
        other: { held: { 'child.dla': 'high' } },
        scottish: { nations: ['scotland'], held: { 'child.dla': 'high' } },
      },
    },
    finds: ['warning other.yaml held: the same answer says that a family has this and "carer-money"'],
  },
  {
    name: 'a deadline on two days',
    changes: {
      facts: { 'child.letter': { scope: 'child', type: 'date', options: undefined } },
      entries: {
        'carer-money': {
          clocks: [{ from: 'child.letter', add: { months: 1 }, label: 'Last day to appeal' }],
        },
        same: { clocks: [{ from: 'child.letter', add: { months: 1 }, label: 'Last day to appeal' }] },
        other: { clocks: [{ from: 'child.letter', add: { months: 2 }, label: 'Last day to appeal' }] },
      },
    },
    finds: ['fault other.yaml add: "Last day to appeal" is another day here than in "carer-money"'],
  },
  {
    name: 'help that hides itself',
    changes: { entries: { 'carer-money': { hide_in_danger: ['life-at-risk'] } } },
    finds: ['"carer-money" is help in this danger, but hides itself in it'],
  },
]);
