import { dates } from '../../../src/content/checks/dates.ts';
import { table } from './table.ts';

const entry = (fields: object) => ({ entries: { 'carer-money': { ...fields } } });

table(dates, [
  {
    name: 'a review that is past',
    changes: entry({ review_by: '2026-11-21' }),
    finds: ['fault carer-money.yaml review_by: the review was due on 2026-11-21'],
  },
  {
    name: 'a review that is near',
    changes: entry({ review_by: '2026-12-22' }),
    finds: ['warning carer-money.yaml review_by: the review is due in 30 days'],
  },
  { name: 'a review that is not near', changes: entry({ review_by: '2026-12-23' }), finds: [] },
  {
    name: 'checked on a day to come',
    changes: entry({ checked: '2026-11-23' }),
    finds: ['fault carer-money.yaml checked: 2026-11-23 has not come yet'],
  },
  {
    name: 'a review before the check',
    changes: entry({ checked: '2026-11-01', review_by: '2026-10-01' }),
    finds: ['review_by is before checked'],
  },
  {
    name: 'a day that does not exist',
    changes: entry({ review_by: '2027-02-30' }),
    finds: ['there is no day 2027-02-30'],
  },
  {
    name: 'an expired rate',
    changes: { rates: { carer_money: { until: '2026-11-21' } } },
    finds: ['fault rates.yaml until: the rate "carer_money" expired on 2026-11-21'],
  },
  {
    name: 'a rate that has not begun',
    changes: { rates: { carer_money: { values: { '2027-04-06': 90 }, until: '2028-04-05' } } },
    finds: ['has no figure for today'],
  },
  {
    name: 'a rate that expires soon',
    changes: { rates: { carer_money: { until: '2026-11-25' } } },
    finds: ['warning rates.yaml until: the rate "carer_money" expires in 3 days'],
  },
  {
    name: 'a source and a contact that nobody looked at for a year',
    changes: {
      sources: { official: { checked: '2025-11-21' } },
      contacts: { 'carers-line': { checked: '2025-10' } },
    },
    finds: ['warning sources.yaml checked: the source "official"', 'the contact "carers-line"'],
  },
  {
    name: 'an authority that ends on no day',
    changes: {
      files: {
        'knowledge/areas/authorities.yaml': {
          E06000023: {
            name: 'Bristol City Council',
            region: 'South West',
            website: 'https://www.bristol.gov.uk/',
            until: '2027-02-30',
          },
        },
      },
    },
    finds: ['fault authorities.yaml until: there is no day 2027-02-30'],
  },
  {
    name: 'bank holidays that end in less than six months',
    changes: { files: { 'knowledge/bank-holidays.yaml': { until: '2027-05-21', days: {} } } },
    finds: ['fault bank-holidays.yaml until: bank holidays are known until 2027-05-21 only'],
  },
  {
    name: 'bank holidays that end in less than a year',
    changes: { files: { 'knowledge/bank-holidays.yaml': { until: '2027-11-21', days: {} } } },
    finds: ['warning bank-holidays.yaml until: bank holidays are known until 2027-11-21 only'],
  },
  {
    name: 'bank holidays that are known for a year, one of them on no day',
    changes: {
      files: { 'knowledge/bank-holidays.yaml': { until: '2027-11-22', days: { '2027-02-29': 'Leap' } } },
    },
    finds: ['fault bank-holidays.yaml 2027-02-29: there is no day 2027-02-29'],
  },
]);
