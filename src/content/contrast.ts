/** What the Web Content Accessibility Guidelines (2.2, level AA) ask of text on what lies behind it. */
export const LEAST_CONTRAST = 4.5;

/**
 * @param a "#rrggbb"
 * @param b "#rrggbb"
 * @returns the contrast of two colours, from 1 (the same) to 21 (black on white), as WCAG defines it
 */
export function contrastOf(a: string, b: string): number {
  const [dark = 0, light = 0] = [luminanceOf(a), luminanceOf(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

function luminanceOf(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
