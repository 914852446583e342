/** One of the things compared. */
export interface Side {
  readonly name: string;
  /** Does `count` operations. */
  readonly run: () => unknown;
  readonly count: number;
}

export interface Measured {
  readonly name: string;
  /** Microseconds an operation, one figure a round. */
  readonly rounds: readonly number[];
}

export interface Pace {
  readonly rounds: number;
  /** The least time that a side runs in a round, in milliseconds. */
  readonly atLeast: number;
}

/**
 * Times the sides in turn, round after round, so that a machine that is busy for a while hurts them alike; each
 * round begins with another side. A round before the first only warms up.
 */
export async function measure(sides: readonly Side[], { rounds, atLeast }: Pace): Promise<Measured[]> {
  const taken = sides.map((): number[] => []);
  for (let round = 0; round <= rounds; round++) {
    for (let i = 0; i < sides.length; i++) {
      const index = (round + i) % sides.length;
      const side = sides[index] as Side;
      const begun = performance.now();
      let runs = 0;
      do {
        await side.run();
        runs++;
      } while (performance.now() - begun < atLeast);
      const each = ((performance.now() - begun) * 1000) / (runs * side.count);
      if (round > 0) (taken[index] as number[]).push(each);
    }
  }
  return sides.map(({ name }, index) => ({ name, rounds: taken[index] as number[] }));
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1
    ? (sorted[middle] as number)
    : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2;
}

/** @returns "12.3 (11.9..14.0)": the median and the spread. */
export function spread(values: readonly number[]): string {
  return `${short(median(values))} (${short(Math.min(...values))}..${short(Math.max(...values))})`;
}

function short(value: number): string {
  if (value >= 100) return Math.round(value).toLocaleString('en-GB');
  return value >= 10 ? value.toFixed(1) : value.toFixed(2);
}

/** Prints what was measured; the first side is ours. The ratios are of rates: above 1 we are faster. */
export function printTimes(measured: readonly Measured[]): void {
  const [ours] = measured as [Measured, ...Measured[]];
  const rows = measured.map(({ name, rounds }) => {
    const speed = spread(rounds.map((time) => 1_000_000 / time));
    // Compared within a round, where both met the same machine.
    const ratios = rounds.map((time, round) => time / (ours.rounds[round] as number));
    return [name, spread(rounds), speed, name === ours.name ? '' : `${spread(ratios)} x`];
  });
  printTable(['', 'microseconds each', 'a second', 'ours / peer'], rows);
}

export function printTable(head: readonly string[], rows: readonly (readonly string[])[]): void {
  const widths = head.map((title, i) => Math.max(title.length, ...rows.map((row) => (row[i] ?? '').length)));
  const line = (cells: readonly string[]) =>
    cells.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] as number) : cell.padStart(widths[i] as number)));
  for (const row of [head, ...rows]) console.log(`  ${line(row).join('  ')}`);
}
