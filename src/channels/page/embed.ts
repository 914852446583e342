import type { Content } from '../../content/content.ts';
import { createVoices } from '../../speech/voice.ts';
import { type Asset, scriptOf, textAsset } from './assets.ts';

/** Stands in the script where the words and colours go. */
const WORDS = /\{ words: 'here' \}/;

/**
 * `/embed.js`, for other people's pages: with the few words of every language and the colours of every council that
 * may use it, so that no further request is needed before somebody presses the button.
 * @param area the council whose page it is where the page names none
 * @returns a function that gives the file, made at first use
 */
export function createEmbed(content: Content, area: string | undefined): () => Asset {
  let made: Asset | undefined;
  return () => {
    made ??= textAsset(
      'text/javascript',
      scriptOf('embed.js').replace(WORDS, () => wordsOf(content, area)),
    );
    return made;
  };
}

function wordsOf(content: Content, area: string | undefined): string {
  const voices = createVoices(content);
  const languages = [...content.languages.values()].map(({ code, info }) => {
    const say = (key: string) => voices(code).say(key).text;
    return [
      code,
      [say('service.tagline'), say('embed.close'), say('embed.own_page'), info.dir === 'rtl' ? 1 : 0],
    ];
  });
  const councils = [...content.areas.values()].flatMap(({ code, brand, embedOn }) =>
    embedOn.length > 0 ? [[code, brand ? [brand.main, brand.dark] : []]] : [],
  );
  return JSON.stringify({
    area: area ?? '',
    languages: Object.fromEntries(languages),
    colours: Object.fromEntries(councils),
  });
}
