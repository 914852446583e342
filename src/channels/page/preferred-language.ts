/** More than any browser sends; the rest of a longer header is not read. */
const MAX_LENGTH = 200;

/**
 * @param header Accept-Language, as a browser sends it: "cy-GB,cy;q=0.9,en;q=0.8"
 * @param languages that we have, by code
 * @returns the language to begin in; English where none of theirs is there
 */
export function preferredLanguage(
  header: string | undefined,
  languages: ReadonlyMap<string, unknown>,
): string {
  const wanted = (header ?? '')
    .slice(0, MAX_LENGTH)
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.trim().toLowerCase().split(';');
      const q = parameters.map((one) => /^\s*q=([\d.]+)$/.exec(one)?.[1]).find((one) => one !== undefined);
      return { code: tag.split('-')[0] ?? '', weight: q === undefined ? 1 : Number(q) };
    })
    .filter(({ code, weight }) => weight > 0 && languages.has(code))
    .sort((a, b) => b.weight - a.weight);
  return wanted[0]?.code ?? 'en';
}
