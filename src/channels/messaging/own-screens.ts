import type { Content } from '../../content/content.ts';
import type { Voice } from '../../speech/voice.ts';
import { sayingOf } from '../plain-text.ts';
import type { Block, Screen } from './screen.ts';
import { option } from './screen.ts';
import { wordsInText } from './words.ts';

/** What a channel shows by itself, whatever the conversation is at. */
export const OWN_SCREENS = ['help', 'languages'] as const;
export type OwnScreen = (typeof OWN_SCREENS)[number];

export interface OwnScreens {
  /** @returns whom to reach now and all that can be written; or the languages */
  readonly show: (name: OwnScreen, code: string) => Screen;
  /** Who we are: above the first screen. */
  readonly welcome: (code: string) => Block;
  readonly erased: (code: string) => Screen;
}

/** @param hours how long answers are kept; for what we say about it */
export function createOwnScreens(
  content: Content,
  voices: (code: string) => Voice,
  hours: number,
): OwnScreens {
  const screen = (name: string, blocks: readonly Block[], urgent = false): Screen => ({
    name,
    before: [],
    blocks,
    after: [],
    numbers: 'option',
    urgent,
  });
  const help = (voice: Voice): Block[] => {
    const say = sayingOf(voice);
    return [
      { text: say('terminal.in_danger') },
      { text: say('messaging.help', { words: wordsInText(voice) }) },
      ...[...content.dangers].map(([kind, { title }]) =>
        option(
          { type: 'danger', danger: kind, level: 'interrupt' },
          voice.content(`danger.${kind}.title`, title).text,
        ),
      ),
      option({ type: 'continue' }, say('answers.go_on')),
    ];
  };
  const languages = (voice: Voice): Block[] => {
    const say = sayingOf(voice);
    return [
      { text: say('service.language') },
      ...[...content.languages.values()].map((one) =>
        option({ type: 'language', language: one.code }, one.info.name),
      ),
      option({ type: 'continue' }, say('answers.go_on')),
    ];
  };
  return {
    show: (name, code) =>
      name === 'help' ? screen(name, help(voices(code)), true) : screen(name, languages(voices(code))),
    welcome: (code) => {
      const voice = voices(code);
      const say = sayingOf(voice);
      return {
        text: [
          `${say('service.name')}. ${say('service.tagline')}`,
          say('service.not_a_person'),
          say('terminal.in_danger'),
          say('start.kept', { hours }),
          say('messaging.help', { words: wordsInText(voice) }),
        ].join('\n'),
      };
    },
    erased: (code) => screen('erased', [{ text: sayingOf(voices(code))('messaging.erased') }]),
  };
}
