import { interfaceTexts } from '../../../src/content/checks/interface-texts.ts';
import { welsh } from '../made-up.ts';
import { table } from './table.ts';

const FORMS = {
  found_zero: 'Dim byd',
  found_one: 'Un peth',
  found_two: 'Dau beth',
  found_few: '{{count}} pheth',
  found_many: '{{count}} pheth',
  found_other: '{{count}} peth',
};
const cy = (texts: object) => ({ files: welsh({ 'locales/cy/interface.yaml': texts }) });

table(interfaceTexts, [
  { name: 'a whole language', changes: cy({ hello: 'Helo {{name}}', nested: FORMS }), finds: [] },
  {
    name: 'a text that is missing, one too many',
    changes: cy({ helo: 'Helo', nested: FORMS }),
    finds: [
      'fault interface.yaml helo: the interface text "hello" is missing',
      'warning interface.yaml helo: "helo" is no interface text',
    ],
  },
  {
    name: 'a plural form that is missing',
    changes: cy({ hello: 'Helo {{name}}', nested: { ...FORMS, found_few: undefined } }),
    finds: ['fault interface.yaml nested: "nested.found" has no form "_few"'],
  },
  {
    name: 'English has no such form',
    changes: { interface: { nested: { found_one: 'One', found_few: 'Few', found_other: '{{count}}' } } },
    finds: ['English has no form "_few"'],
  },
  {
    name: 'a placeholder with another name',
    changes: cy({ hello: 'Helo {{enw}}', nested: { ...FORMS, found_other: '{{cyfrif}} peth' } }),
    finds: [
      '"hello": {{name}} is missing',
      '"hello": {{enw}} is not',
      '"nested.found_other": {{cyfrif}} is not',
    ],
  },
]);
