import { checkAreas } from './check-areas.ts';
import { abbreviations } from './checks/abbreviations.ts';
import { authorities } from './checks/authorities.ts';
import type { Check, Checked } from './checks/check.ts';
import { contacts } from './checks/contacts.ts';
import { contradictions } from './checks/contradictions.ts';
import { dates } from './checks/dates.ts';
import { deadNumbers } from './checks/dead-numbers.ts';
import { examples } from './checks/examples.ts';
import { factors } from './checks/factors.ts';
import { figures } from './checks/figures.ts';
import { firstScreen } from './checks/first-screen.ts';
import { fragments } from './checks/fragments.ts';
import { interfaceTexts } from './checks/interface-texts.ts';
import { options } from './checks/options.ts';
import { questions } from './checks/questions.ts';
import { readability } from './checks/readability.ts';
import { references } from './checks/references.ts';
import { rules } from './checks/rules.ts';
import { sentences } from './checks/sentences.ts';
import { stages } from './checks/stages.ts';
import { translations } from './checks/translations.ts';
import { waysOn } from './checks/ways-on.ts';
import { words } from './checks/words.ts';
import { indexContent } from './content.ts';
import type { Fault } from './faults.ts';
import { staleSchemas } from './json-schemas.ts';
import { type Loaded, readContent } from './load.ts';
import { unreadFiles } from './unread-files.ts';

/** Every check by its name. To add one: a file in `checks/`, a line here, a table test in test/content/checks/. */
export const CHECKS = {
  references,
  options,
  rules,
  questions,
  'ways-on': waysOn,
  stages,
  contradictions,
  factors,
  'first-screen': firstScreen,
  dates,
  contacts,
  sentences,
  readability,
  figures,
  'dead-numbers': deadNumbers,
  words,
  abbreviations,
  fragments,
  translations,
  'interface-texts': interfaceTexts,
  authorities,
  examples,
} as const satisfies Record<string, Check>;

/** A fault with the check that found it: "schema" for what the loader found, "files" for those that nobody reads, "editor" for the schema files. */
export interface Finding extends Fault {
  readonly check: keyof typeof CHECKS | 'schema' | 'files' | 'editor' | 'areas' | 'patterns';
}

/** What every council's folder is held to as well. The other checks are about what all areas share. */
const AREA_CHECKS = {
  references,
  rules,
  'ways-on': waysOn,
  dates,
  contacts,
  sentences,
  readability,
  figures,
  'dead-numbers': deadNumbers,
  words,
  abbreviations,
  fragments,
} as const satisfies Partial<typeof CHECKS>;

/**
 * Reads all content and looks for every kind of fault in it.
 * @param root the project's root
 * @param today "YYYY-MM-DD"
 * @param checkPatterns what reads patterns stands above this room
 * @returns the faults by file and line
 */
export function checkContent(root: string, today: string, checkPatterns: Check = () => []): Finding[] {
  const loaded = openFresh(root);
  const findings: Finding[] = loaded.faults.map((fault) => ({ ...fault, check: 'schema' }));
  for (const [name, check] of Object.entries(CHECKS)) {
    for (const fault of check(loaded, today)) findings.push({ ...fault, check: name as keyof typeof CHECKS });
  }
  for (const fault of checkPatterns(loaded, today)) findings.push({ ...fault, check: 'patterns' });
  findings.push(...checkAreas(loaded, AREA_CHECKS, today));
  for (const fault of unreadFiles(root, loaded)) findings.push({ ...fault, check: 'files' });
  for (const file of staleSchemas(root, loaded)) {
    const cure = 'run the command `schemas`';
    findings.push({
      file,
      line: 1,
      says: 'editors complete and check with ids of yesterday',
      cure,
      level: 'warning',
      check: 'editor',
    });
  }
  return findings.sort((a, b) => (a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1));
}

/** @returns the content fresh from its files, as the checks and the commands look at it, with the loader's own faults. */
export function openFresh(root: string): Checked & Pick<Loaded, 'faults' | 'areaFiles'> {
  const loaded = readContent(root);
  return { ...loaded, content: indexContent(loaded.data) };
}
