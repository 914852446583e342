/**
 * Says how long something took beside its goal. A timing never fails a test: machines are busy. What must not hang is
 * stopped by the test's own time limit.
 */
export function measured(what: string, milliseconds: number, goal: number): void {
  const over = milliseconds > goal ? ' OVER' : '';
  console.info(`${what}: ${milliseconds.toFixed(2)} ms, goal ${goal} ms${over}`);
}
