import { type Check, Findings } from './check.ts';

/** Ways in stages that leave a parent alone: what is needed first, what to do while waiting, the myth. */
export const stages: Check = (loaded) => {
  const found = new Findings(loaded.files);
  for (const [id, entry] of loaded.content.entries) {
    const way = entry.stages ?? [];
    const file = `entry:${id}`;
    way.forEach((stage, i) => {
      const warn = (says: string, cure: string) => found.warn(file, ['stages', i], says, cure);
      const name = `the stage "${stage.id}"`;
      const isWait = stage.who !== 'you' && (stage.when !== undefined || stage.clock !== undefined);
      if (stage.first === undefined)
        warn(
          `${name} does not say whether a diagnosis or assessment is needed before it`,
          'add `first:`: what is needed, or that nothing is',
        );
      if (isWait && stage.meanwhile === undefined)
        warn(`${name} is a wait, and does not say what to do meanwhile`, 'add `meanwhile:`');
    });
    if (way.length > 0 && !entry.myths?.length && !way.some(({ myth }) => myth))
      found.warn(file, ['stages'], 'the way answers no myth', 'add `myth:` to a stage, or `myths:`');
  }
  return found.list;
};
