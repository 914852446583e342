import type { StageText } from '../content/schemas.ts';
import type { OutcomeKind } from '../engine/assess.ts';
import type { DangerLevel } from '../engine/conversation.ts';
import type { Nation } from '../engine/entries.ts';
import type { Silence } from '../engine/facts.ts';
import type { Said } from './voice.ts';

/**
 * Replies in words, the same for every channel: ids to act on, and what to say. A channel decides how it looks; it
 * adds no sentence of its own.
 */
export type Spoken =
  | SpokenNotice
  | SpokenDanger
  | SpokenTopics
  | SpokenQuestion
  | SpokenFound
  | SpokenAnswers
  | SpokenEntry
  | SpokenPrice
  | SpokenConfirm;

export interface SpokenNotice {
  readonly kind: 'notice';
  readonly id: string;
  readonly text: Said;
  /** What was understood, each to be taken back. */
  readonly heard?: readonly {
    readonly fact: string;
    readonly child: number;
    readonly says: readonly Said[];
  }[];
  /** The entry that says more. */
  readonly entry?: Link;
  /** The language that is offered, said in that language. */
  readonly language?: { readonly code: string; readonly text: Said };
}

/** Whether what somebody said without being certain is so. */
export interface SpokenConfirm {
  readonly kind: 'confirm';
  readonly fact: string;
  readonly child: number;
  readonly question: Said;
  readonly says: readonly Said[];
  /** To send back as the answer. */
  readonly answer: { readonly value?: string | number | readonly string[]; readonly silence?: Silence };
}

export interface SpokenContact {
  readonly id: string;
  readonly name: string;
  /** As it is printed: "116 123". */
  readonly phone?: string;
  readonly press?: string;
  /** The number to dial through Relay UK. */
  readonly textphone?: string;
  /** Where to send a text message, and the word to send. */
  readonly text?: { readonly to: string; readonly word?: string };
  readonly web?: string;
  readonly hours?: Said;
  /** Whether they are there now: only where that is certain. */
  readonly now?: { readonly is: 'open' | 'closed' | 'unsure'; readonly said: Said };
  readonly for: string;
  readonly nations: readonly Nation[];
  readonly cost?: Said;
  readonly languages?: Said;
  readonly interpreter?: Said;
  readonly sign?: Said;
  /** When we last looked whether this is true. */
  readonly checked?: Said;
}

export interface SpokenDanger {
  readonly kind: 'danger';
  readonly danger: string;
  readonly level: DangerLevel;
  readonly title: Said;
  readonly say: readonly Said[];
  readonly contacts: readonly SpokenContact[];
  readonly entries: readonly Link[];
  readonly after: Said;
  readonly leaveQuickly: boolean;
  /** What they came for had begun: it waits behind this screen. */
  readonly waits: boolean;
  /** Only for level `ask`: then this is the heading, and the title and what we say stand behind it. */
  readonly ask?: { readonly question: Said; readonly yes: Said; readonly no: Said };
}

/** An entry by its id, with its title. */
export interface Link {
  readonly id: string;
  readonly title: Said;
}

export interface SpokenTopics {
  readonly kind: 'topics';
  readonly topics: readonly {
    readonly id: string;
    readonly title: Said;
    readonly about: Said;
    readonly chosen: boolean;
  }[];
}

export interface SpokenOption {
  readonly id: string;
  readonly label: Said;
  /** Stands in the answer that is given now. */
  readonly chosen: boolean;
  readonly exclusive: boolean;
}

export interface SpokenQuestion {
  readonly kind: 'question';
  readonly fact: string;
  readonly child: number;
  readonly type: 'one' | 'several' | 'number' | 'money' | 'age' | 'date' | 'place';
  /** "Child 2", where there are several. */
  readonly caption?: Said;
  readonly ask: Said;
  readonly why: Said;
  readonly help?: Said;
  readonly sensitive: boolean;
  readonly options: readonly SpokenOption[];
  /** Of a number or money question. */
  readonly unit?: Said;
  /** The value that is given now, as it would be typed. */
  readonly value?: string;
  readonly silence?: Silence;
  /** It was answered before. */
  readonly again: boolean;
  /** How many questions were answered before this one. */
  readonly asked: number;
  readonly found: number;
  readonly foundText: Said;
  readonly fresh: readonly Link[];
  readonly back?: { readonly fact: string; readonly child: number };
}

export interface SpokenCard {
  readonly id: string;
  readonly title: Said;
  readonly outcome: OutcomeKind;
  readonly tag: Said;
  readonly summary: Said;
  readonly worth?: Said;
  /** At most three sentences of why this family. */
  readonly why: readonly Said[];
  /** "For child 2", where there are several and it is not for all. */
  readonly forChildren: readonly Said[];
  readonly firstStep: Said;
  readonly deadlines: readonly SpokenDeadline[];
  /** Of a `may`: the question that would settle it. */
  readonly settle?: SpokenSettler;
  /** Of a `later`: what comes first. */
  readonly after: readonly Link[];
  readonly urgent: boolean;
}

/** A question that would tell more. */
export interface SpokenSettler {
  readonly fact: string;
  readonly child: number;
  readonly ask: Said;
}

export type SpokenDeadlineState = 'far' | 'close' | 'past';

/** A day that runs from a date that they told us. */
export interface SpokenDeadline {
  /** What stands before the date. */
  readonly label: Said;
  /** "3 January 2027", or "about 3 January 2027". */
  readonly date: Said;
  readonly state: SpokenDeadlineState;
  /** "For child 2", where there are several and it is not for all. */
  readonly forChildren: readonly Said[];
  /** What is left of the time, what to do when it is past, how sure the day is. */
  readonly says: readonly Said[];
}

/** A part of the whole way: who must do what by when. */
export interface SpokenStage {
  readonly id: string;
  readonly actor: StageText['who'];
  readonly who: Said;
  readonly title: Said;
  readonly what: Said;
  /** The law's time in words. */
  readonly when?: Said;
  readonly deadlines: readonly SpokenDeadline[];
  /** What is, or is not, needed before. */
  readonly first?: Said;
  readonly meanwhile?: Said;
  /** Where to go if it does not happen. */
  readonly ifNot?: Link;
  readonly myth?: { readonly said: Said; readonly truth: Said };
}

export interface SpokenFound {
  readonly kind: 'found';
  readonly heading: Said;
  readonly intro: Said;
  readonly first: readonly SpokenCard[];
  readonly more: readonly SpokenCard[];
  readonly later: readonly SpokenCard[];
  readonly held: readonly SpokenCard[];
  /** There is more that is worth asking; `budget` to go on with. */
  readonly goOn?: { readonly budget: number };
  readonly children: number;
  readonly back?: { readonly fact: string; readonly child: number };
  readonly moreText: Said;
}

export interface SpokenAnswers {
  readonly kind: 'answers';
  readonly topics: readonly Said[];
  /** The family first, then each child. */
  readonly groups: readonly {
    readonly title: Said;
    readonly rows: readonly {
      readonly fact: string;
      readonly child: number;
      readonly question: Said;
      readonly answer: readonly Said[];
    }[];
  }[];
}

export interface SpokenPrice {
  readonly kind: 'price';
  readonly fact: string;
  readonly child: number;
  /** The new answer, to send back with `confirmed`. */
  readonly answer: { readonly value?: string | number | readonly string[]; readonly silence?: Silence };
  readonly question: Said;
  readonly from: readonly Said[];
  readonly to: readonly Said[];
  readonly adds: readonly Link[];
  readonly removes: readonly Link[];
}

/** A page on which what an entry says rests. */
export interface SpokenSource {
  readonly title: string;
  readonly url: string;
  readonly publisher: string;
  /** Of the state, the NHS, a council or an Ombudsman. */
  readonly official: boolean;
}

/** What an entry says of the family's own area. */
export interface SpokenLocal {
  /** Their council, if we know it. */
  readonly council?: {
    readonly text: Said;
    readonly website: { readonly url: string; readonly text: Said };
    /** It is no longer in charge. */
    readonly ended?: Said;
  };
  /** The question about it, if we do not. */
  readonly ask?: SpokenSettler;
  /** What the council offers beside this. */
  readonly besides: readonly Link[];
}

export interface SpokenEntry {
  readonly kind: 'entry';
  readonly id: string;
  readonly title: Said;
  readonly summary: Said;
  readonly worth?: Said;
  readonly who: Said;
  /** How it stands with this family; absent where nobody was asked (a page opened by its address). */
  readonly outcome?: {
    readonly kind: OutcomeKind;
    readonly verdict: Said;
    readonly reasons: readonly { readonly told: readonly Said[]; readonly needs: readonly Said[] }[];
    readonly missing: readonly SpokenSettler[];
    readonly after: readonly Link[];
  };
  readonly deadlines: readonly SpokenDeadline[];
  /** Of their own area; only where it is about a local thing. */
  readonly local?: SpokenLocal;
  readonly firstStep: Said;
  readonly steps: readonly Said[];
  /** The whole way, in order. */
  readonly stages: readonly SpokenStage[];
  /** Questions for dates from which we could work out days. */
  readonly datesToAsk: readonly SpokenSettler[];
  readonly haveReady: readonly Said[];
  readonly watchOut: readonly Said[];
  readonly myths: readonly { readonly said: Said; readonly truth: Said }[];
  readonly refusedSteps: readonly Said[];
  readonly ifRefused?: Link;
  readonly contacts: readonly SpokenContact[];
  readonly nations: readonly Said[];
  /** The first is the page that we show. */
  readonly sources: readonly SpokenSource[];
  readonly checked: Said;
  /** It is past its review date. */
  readonly overdue?: Said;
}
