import { hasEnded } from '../../engine/authorities.ts';
import { nearest } from '../../engine/rules.ts';
import { AREAS } from '../areas.ts';
import { type Check, Findings } from './check.ts';

const CODE = /^E\d{8}$/;

/** Authorities that nobody comes to, that have ended without a successor, or whose codes are confused. */
export const authorities: Check = (loaded, today) => {
  const found = new Findings(loaded.files);
  const all = loaded.data.authorities;
  const codes = Object.keys(all);
  const reached = new Set(loaded.data.postcodes.split(/\s+/));
  const others = new Map<string, string>();
  for (const [code, authority] of Object.entries(all)) {
    const { from, until, successors = [], other_codes = [] } = authority;
    other_codes.forEach((other, i) => {
      const taken = Object.hasOwn(all, other) ? other : others.get(other);
      if (taken !== undefined)
        found.fault(
          'authorities',
          [code, 'other_codes', i],
          `"${other}" is a code of ${taken} too`,
          'keep it at one of them',
        );
      others.set(other, code);
    });
    successors.forEach((successor, i) => {
      if (CODE.test(successor) && !Object.hasOwn(all, successor))
        found.fault(
          'authorities',
          [code, 'successors', i],
          `there is no authority "${successor}"`,
          `write its name for now, or its code: ${nearest(successor, codes)}`,
        );
    });
    if (successorsOf(code).has(code))
      found.fault(
        'authorities',
        [code, 'successors'],
        'what follows it leads back to it',
        'name those that came after it only',
      );
    if (from !== undefined && until !== undefined && until < from)
      found.fault('authorities', [code, 'until'], 'it ends before it begins', 'correct one of the days');
    const goesOn = successors.some((one) => Object.hasOwn(all, one));
    if (hasEnded(authority, today) && !goesOn)
      found.fault(
        'authorities',
        [code, 'until'],
        `it ended on ${until}, and we do not know who followed`,
        `add the new authorities with their codes, and name the codes in \`successors\``,
      );
    if (!reached.has(code) && !hasEnded(authority, today) && !followsWhatIsReached(code))
      found.warn(
        'authorities',
        [code],
        'no postcode leads to it',
        `add it to ${AREAS}/postcodes.txt with the command \`postcodes\``,
      );
  }
  return found.list;

  /** @returns those that follow it, and those that follow them. */
  function successorsOf(code: string, seen = new Set<string>()): Set<string> {
    for (const next of all[code]?.successors ?? []) {
      if (seen.has(next)) continue;
      seen.add(next);
      successorsOf(next, seen);
    }
    return seen;
  }

  function followsWhatIsReached(code: string): boolean {
    return Object.entries(all).some(
      ([old, { successors }]) => reached.has(old) && successors?.includes(code),
    );
  }
};
