import type { Content } from '../../content/content.ts';
import type { Voice } from '../../speech/voice.ts';
import { sayingOf } from '../plain-text.ts';
import type { Block, Screen } from './screen.ts';
import { dangerName, option } from './screen.ts';
import { wordsInText } from './words.ts';

/** What a channel shows by itself, whatever the conversation is at. */
export const OWN_SCREENS = ['help', 'languages'] as const;
export type OwnScreen = (typeof OWN_SCREENS)[number];

interface Occasion {
  /** Kinds of danger that came up: the help for these stands first. */
  readonly dangers?: readonly string[];
  /** What they typed before it was nothing that we could read: a kind line says so. */
  readonly isUnread?: boolean | undefined;
}

export interface OwnScreens {
  /** @returns whom to reach now and all that can be written; or the languages. */
  readonly show: (name: OwnScreen, code: string, occasion?: Occasion) => Screen;
  /** @returns the screen with a way back to the help for the dangers that came up, where it does not stand there. */
  readonly withHelp: (screen: Screen, code: string, dangers: readonly string[]) => Screen;
  /** Who we are: above the first screen. */
  readonly welcome: (code: string) => Block;
  /** @param isWatched somebody may look at what they write */
  readonly erased: (code: string, isWatched: boolean) => Screen;
  /** Too much came at once: whom to reach all the same. */
  readonly tooMany: (code: string) => Screen;
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
    help: [],
    numbers: 'option',
    urgent,
  });
  const helpFor = (kind: string, voice: Voice, label?: string): Block =>
    option(
      { type: 'danger', danger: kind, level: 'interrupt' },
      label ?? voice.content(`danger.${kind}.title`, content.dangers.get(kind)?.title ?? '').text,
    );
  const known = (dangers: readonly string[]) => dangers.filter((kind) => content.dangers.has(kind));
  const help = (voice: Voice, { dangers = [], isUnread }: Occasion): Block[] => {
    const say = sayingOf(voice);
    return [
      { text: say('terminal.in_danger') },
      { text: say('messaging.help', { words: wordsInText(voice) }) },
      ...(isUnread ? [{ text: say('notice.take_your_time') }] : []),
      ...[...new Set([...known(dangers), ...content.dangers.keys()])].map((kind) => helpFor(kind, voice)),
      option({ type: 'continue' }, say('answers.go_on')),
    ];
  };
  const languages = (voice: Voice, { isUnread }: Occasion): Block[] => {
    const say = sayingOf(voice);
    return [
      ...(isUnread ? [{ text: say('notice.no_topic') }] : []),
      { text: say('service.language') },
      ...[...content.languages.values()].map((one) =>
        option({ type: 'language', language: one.code }, one.info.name),
      ),
      option({ type: 'continue' }, say('answers.go_on')),
    ];
  };
  return {
    show: (name, code, occasion = {}) =>
      name === 'help'
        ? screen(name, help(voices(code), occasion), true)
        : screen(name, languages(voices(code), occasion)),
    withHelp: (shown, code, dangers) => {
      const voice = voices(code);
      const others = known(dangers).filter((kind) => shown.name !== dangerName(kind));
      const [only, ...more] = others;
      if (only === undefined) return shown;
      // Where help stands, other help is called by its name.
      if (shown.urgent) return { ...shown, help: others.map((kind) => helpFor(kind, voice)) };
      const label = sayingOf(voice)('help.heading');
      return {
        ...shown,
        help: [more.length > 0 ? option({ type: 'help' }, label) : helpFor(only, voice, label)],
      };
    },
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
    erased: (code, isWatched) => {
      const say = sayingOf(voices(code));
      const stays = isWatched ? [{ text: say('messaging.stays') }] : [];
      return screen('erased', [{ text: say('messaging.erased') }, ...stays]);
    },
    tooMany: (code) => {
      const say = sayingOf(voices(code));
      return screen('too_many', [{ text: say('messaging.too_many') }, { text: say('terminal.in_danger') }]);
    },
  };
}
