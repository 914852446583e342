import { NATIONS } from '../engine/entries.ts';

/**
 * The file of postcodes: a line for each first half ("BS16"), then the authorities in which it lies, the biggest
 * share first. A place in another nation is that nation. A line with letters only ("BT") holds for all that begin so.
 * Plain lines, because YAML of this length takes longer to read than all the rest.
 */
export const POSTCODES_FILE = 'knowledge/areas/postcodes.txt';

const OUTCODE = /^[A-Z]{1,2}(\d[A-Z\d]?)?$/;
const CODE = /^E\d{8}$/;

export interface PostcodeFault {
  /** From 1. */
  readonly line: number;
  readonly says: string;
  readonly cure: string;
}

/**
 * Reads the file of postcodes.
 * @param text the file's text
 * @param codes the codes of the authorities that exist
 * @returns by first half, codes and nations; and every fault, whose line is left out
 */
export function readPostcodes(
  text: string,
  codes: ReadonlySet<string>,
): { places: Map<string, readonly string[]>; faults: PostcodeFault[] } {
  const places = new Map<string, readonly string[]>();
  const faults: PostcodeFault[] = [];
  text.split('\n').forEach((raw, i) => {
    const [outcode = '', ...where] = raw.replace(/#.*/, '').trim().split(/\s+/);
    if (outcode === '') return;
    const fault = (says: string, cure: string) => faults.push({ line: i + 1, says, cure });
    if (!OUTCODE.test(outcode)) {
      fault(`"${outcode}" is no first half of a postcode`, 'write it like BS16 or EC1A');
    } else if (places.has(outcode)) {
      fault(`"${outcode}" stands here twice`, 'put its authorities into one line');
    } else if (where.length === 0) {
      fault(`"${outcode}" lies nowhere`, 'write the codes of its authorities after it');
    } else {
      const unknown = where.find((one) => !codes.has(one) && !(NATIONS as readonly string[]).includes(one));
      if (unknown === undefined) places.set(outcode, where);
      else
        fault(
          `there is no authority "${unknown}"`,
          CODE.test(unknown)
            ? 'add it to knowledge/areas/authorities.yaml, or write the code that stands there'
            : `write a code of knowledge/areas/authorities.yaml or ${NATIONS.join(', ')}`,
        );
    }
  });
  return { places, faults };
}
