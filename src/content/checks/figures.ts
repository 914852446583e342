import { type Check, Findings } from './check.ts';
import { phoneIn } from './phone-numbers.ts';
import { everyText, everyTranslation } from './texts.ts';

const MONEY = /£\s?\d[\d,.]*\d|£\s?\d|\b\d[\d,]* pounds\b/;
/** In capitals, GOV.UK is a name. */
const LINK = /https?:|\bwww\.|\b[\w-]+@[\w-]+\.|\b[\w-]+\.(?:org|com|net|uk|info|wales|scot)(?:\.uk)?\b/;

/** Figures, phone numbers and links that stand in a text, where they will grow old unseen. */
export const figures: Check = (loaded) => {
  const found = new Findings(loaded.files);
  for (const { file, path, text } of [...everyText(loaded), ...everyTranslation(loaded)]) {
    const money = MONEY.exec(text)?.[0];
    if (money) {
      found.fault(
        file,
        path,
        `a figure in a text: "${money}"`,
        'put it into knowledge/rates.yaml and write {{rate.its_id}} here',
      );
    }
    const phone = phoneIn(text);
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
