import { type Check, Findings } from './check.ts';
import { everyText } from './texts.ts';

const MONEY = /£\s?\d[\d,.]*\d|£\s?\d|\b\d[\d,]* pounds\b/;
/** Whole numbers of the United Kingdom, freephone 116 numbers, and numbers to send a text to. */
const PHONE = /(?<!\d)(?:\+44|0)\d?(?:[ -]?\d){8,10}(?!\d)|\b116 ?\d{3}\b|\btext\b[^.]{0,30}\bto \d{5}\b/i;
/** In capitals, GOV.UK is a name. */
const LINK = /https?:|\bwww\.|\b[\w-]+@[\w-]+\.|\b[\w-]+\.(?:org|com|net|uk|info|wales|scot)(?:\.uk)?\b/;

/** Figures, phone numbers and links that stand in a text, where they will grow old unseen. */
export const figures: Check = (loaded) => {
  const found = new Findings(loaded.files);
  for (const { file, path, text } of everyText(loaded)) {
    const money = MONEY.exec(text)?.[0];
    if (money) {
      found.fault(
        file,
        path,
        `a figure in a text: "${money}"`,
        'put it into knowledge/rates.yaml and write {{rate.its_id}} here',
      );
    }
    const phone = PHONE.exec(text)?.[0];
    if (phone)
      found.fault(
        file,
        path,
        `a phone number in a text: "${phone}"`,
        'name the contact in `contacts:` instead',
      );
    const link = LINK.exec(text)?.[0];
    if (link)
      found.fault(file, path, `a link in a text: "${link}"`, 'take it out and name its source or contact');
  }
  return found.list;
};
