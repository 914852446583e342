/** "Can I speak to someone": on every screen it leads to a person, unless they say about what. */
import { describe, expect, test } from 'vitest';
import type { Message, Screen } from '../../src/engine/conversation.ts';
import { conversationAt, heardIn } from './real-language.ts';

const START: Screen = { kind: 'topics' };
const OPEN: readonly Screen[] = [
  { kind: 'question', fact: 'household.nation', child: 0 },
  { kind: 'question', fact: 'household.area', child: 0 },
  { kind: 'question', fact: 'child.difficulties', child: 0 },
  { kind: 'question', fact: 'carer.hours', child: 0 },
];

function heard(text: string, code: string, screen: Screen): Message {
  const topics = screen.kind === 'topics' ? null : [];
  return heardIn(conversationAt(undefined, code, { topics, screen }), text);
}

describe('who asks for a person is shown one', () => {
  test.each([
    ['en', 'please just let me speak to someone'],
    ['en', 'a person please'],
    ['en', 'is there anyone I can ring'],
    ['en', 'can I speak to someone'],
    ['en', 'could I please talk to someone'],
    ['en', 'who can I ring'],
    ['en', 'i want a real person'],
    ['cy', 'plis gadewch i mi siarad â rhywun'],
    ['cy', 'ga i siarad efo rhywun?'],
    ['cy', 'person go iawn plis'],
    ['cy', 'oes rhywun alla i ffonio'],
    ['pl', 'proszę, chcę po prostu z kimś porozmawiać'],
    ['pl', 'czy mogę z kimś porozmawiać?'],
    ['pl', 'do kogo mogę zadzwonić'],
    ['pl', 'człowieka proszę'],
    ['ur', 'مجھے کسی سے بات کرنے دیں'],
    ['ur', 'کیا میں کسی سے بات کر سکتی ہوں'],
    ['ur', 'کوئی ہے جسے میں فون کر سکوں'],
    ['ur', 'mujhe kisi insan se baat karni hai'],
    ['bn', 'দয়া করে আমাকে কারো সাথে কথা বলতে দিন'],
    ['bn', 'আমি কি কারো সাথে কথা বলতে পারি'],
    ['bn', 'আমি কাকে ফোন করতে পারি'],
    ['bn', 'karo sathe kotha bolte chai'],
    ['ar', 'من فضلك خلني أتكلم مع أحد'],
    ['ar', 'ممكن أحكي مع حدا'],
    ['ar', 'هل يوجد أحد أتصل به'],
    ['ar', 'شخص لو سمحت'],
  ])('%s: %s', (code, text) => {
    for (const screen of [START, ...OPEN])
      expect(heard(text, code, screen), JSON.stringify(screen)).toMatchObject({
        type: 'talk',
        talk: 'person',
      });
  });
});

describe('who says about what comes for that', () => {
  test.each([
    ['en', 'is there someone I can talk to about DLA'],
    ['en', 'can I speak to someone about his EHCP'],
    ['pl', 'chcę z kimś porozmawiać o DLA'],
    ['ur', 'مجھے DLA کے بارے میں کسی سے بات کرنی ہے'],
    ['bn', 'DLA নিয়ে কারো সাথে কথা বলতে চাই'],
    ['ar', 'بدي احكي مع حدا عن DLA'],
  ])('%s: %s', (code, text) => {
    expect(heard(text, code, START).type).toMatch(/^topics$|^entry$/);
  });

  test.each([
    ['en', 'he doesnt talk to anyone at school'],
    ['en', 'he wont speak to people'],
    ['en', 'she cant talk to someone new'],
    ['ur', 'وہ کسی سے بات نہیں کرتا'],
    ['bn', 'সে কারো সাথে কথা বলে না'],
    ['pl', 'nie chce z nikim rozmawiać'],
  ])('and who tells of a child that does not talk asks for nobody, %s: %s', (code, text) => {
    for (const screen of [START, ...OPEN])
      expect(heard(text, code, screen)).not.toMatchObject({ talk: 'person' });
  });
});
