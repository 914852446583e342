import { contacts } from '../../../src/content/checks/contacts.ts';
import { table } from './table.ts';

const line = (fields: object) => ({ contacts: { 'carers-line': { ...fields } } });
const day = (from: string, to: string) => ({ days: ['mon', 'tue'], from, to });

table(contacts, [
  {
    name: 'numbers of every length that there is',
    changes: {
      contacts: Object.fromEntries(
        ['999', '111', '116 123', '0800 1111', '0800 02 888 40', '0808 157 0000'].map((phone, i) => [
          `line-${i}`,
          { phone },
        ]),
      ),
    },
    finds: [],
  },
  {
    name: 'a number that misses a digit',
    changes: line({ phone: '0808 157 00' }),
    finds: ['fault contacts.yaml phone: "0808 157 00" is no whole number'],
  },
  {
    name: 'a number and hours that are not certain',
    changes: line({ confidence: 'low', open: 'always', text: { to: '85258' } }),
    finds: ['phone: a number that is not certain', 'text: a number', 'open: hours that are not certain'],
  },
  {
    name: 'hours at medium confidence',
    changes: line({ confidence: 'medium', open: [day('09:00', '17:00')] }),
    finds: ['open: hours that are not certain'],
  },
  {
    name: 'hours in words, beside `open` or instead of it',
    changes: {
      contacts: {
        'carers-line': { open: [day('09:00', '17:00')], hours: 'Every day, 9am to 6pm' },
        other: { hours: 'Every day, 9am to 6pm' },
        third: { hours: 'By appointment' },
      },
    },
    finds: ['hours: hours in words beside `open`', 'hours: times in words'],
  },
  {
    name: 'hours that cannot be',
    changes: line({ open: [day('17:00', '09:00')] }),
    finds: ['it closes at 09:00, before it opens at 17:00'],
  },
  {
    name: 'hours that overlap',
    changes: line({ open: [day('09:00', '12:00'), day('11:00', '14:00')] }),
    finds: ['mon has hours that overlap'],
  },
  {
    name: 'hours that follow each other',
    changes: line({ open: [day('12:00', '24:00'), day('09:00', '12:00')] }),
    finds: [],
  },
  {
    name: 'bank holidays without hours',
    changes: line({ open: 'always', bank_holidays: 'closed' }),
    finds: ['bank_holidays: bank holidays without hours'],
  },
  {
    name: 'a phone number among the words',
    changes: line({ for: 'Carers. Call 01632 960002.' }),
    finds: ['for: a phone number in a text: "01632 960002"'],
  },
]);
