/** How many senders are remembered: some 10 MB at the most. */
const MOST_SENDERS = 50_000;
const MINUTE = 60_000;

/**
 * Limits how often each sender may ask: evenly, but a minute's worth may come at once (a bucket of tokens, kept as the
 * one moment at which it will be full again). In memory only, and no longer than that moment: an address says who
 * somebody is. Of too many, who was not seen for the longest time is forgotten first.
 */
export class RateLimit {
  /** Milliseconds that a request uses up. */
  readonly #each: number;
  readonly #now: () => number;
  readonly #most: number;
  /** When each sender will have used up nothing. */
  readonly #restedAt = new Map<string, number>();

  /**
   * @param perMinute requests a minute and sender; at least 1
   * @param now milliseconds of a clock that only goes forward
   */
  constructor(perMinute: number, now: () => number = () => performance.now(), most: number = MOST_SENDERS) {
    this.#each = MINUTE / perMinute;
    this.#now = now;
    this.#most = most;
  }

  /** @returns 0 where the request may pass; else the seconds after which one may */
  take(sender: string): number {
    const now = this.#now();
    const before = Math.max(now, this.#restedAt.get(sender) ?? 0);
    const after = before + this.#each;
    const tooEarly = after - now - MINUTE;
    // A thousandth of a millisecond too early is only the rounding.
    const passes = tooEarly < 0.001;
    // Deleted first, so that the order in the map is the order of the last visits.
    this.#restedAt.delete(sender);
    this.#restedAt.set(sender, passes ? after : before);
    for (const [other, restedAt] of this.#restedAt) {
      if (restedAt > now && this.#restedAt.size <= this.#most) break;
      this.#restedAt.delete(other);
    }
    return passes ? 0 : Math.max(1, Math.ceil(tooEarly / 1000));
  }

  /** @returns whether the sender has used up nothing: at the latest a minute after the last request */
  isRested(sender: string): boolean {
    return (this.#restedAt.get(sender) ?? 0) <= this.#now();
  }

  /** Forgets who used up nothing any more. Each visit does it too; but the last visitor has none after. */
  forget(): void {
    const now = this.#now();
    for (const [other, restedAt] of this.#restedAt) if (restedAt <= now) this.#restedAt.delete(other);
  }

  /** How many senders are remembered. */
  get size(): number {
    return this.#restedAt.size;
  }
}
