/**
 * One turn of a conversation: its state from JSON, the answer in, the next question out, the state to JSON.
 *
 * Ours replays what the real families of test/families say, each with its facts. A turn of ours reads the answer,
 * assesses every entry for the family, chooses the one question that is worth asking now, and finds what to
 * announce. The peers have a state a question in a fixed order, as many questions as we have, and are given as many
 * answers a family: they record the answer and go on to the next question, nothing else. The same families come round
 * again: what is remembered of those of whom the rules know the same helps ours more than it would among strangers.
 */
import { turn } from '../../src/engine/conversation.ts';
import { readContentOnce, TODAY } from '../families/families.ts';
import { readJourneys, type Step } from './journeys.ts';
import { botbuilderBot } from './peers/botbuilder.ts';
import { xstateFlow } from './peers/xstate.ts';
import { measure, printTimes } from './rounds.ts';

const content = await readContentOnce();
const { model } = content;
const journeys = readJourneys(content).map(({ steps }) => steps);
const turns = journeys.flat();
const questions = model.facts.map(({ fact }) => ({
  question: fact.id.replaceAll('.', '_'),
  options: fact.options.length > 0 ? fact.options : ['none', 'some', 'many'],
}));
const flow = xstateFlow(questions.map(({ question }) => question));
const begun = flow.begin();

console.log(`  ${journeys.length} families, ${turns.length} answers, ${questions.length} questions`);
const mismatches = await disagreements();
console.log(`  mismatches: ${mismatches} (families of whose answers a side lost one)`);
if (mismatches > 0) process.exit(1);

printTimes(
  await measure(
    [
      {
        name: 'Fingerpost, the next question chosen',
        count: turns.length,
        run: () => {
          for (const one of turns) {
            const { conversation } = turn(model, JSON.parse(one.before), one.message, TODAY);
            JSON.stringify(conversation);
          }
        },
      },
      {
        name: 'xstate, transition(), fixed order',
        count: turns.length,
        run: () => {
          for (const journey of journeys) playXstate(journey);
        },
      },
      {
        name: 'botbuilder, waterfall and ChoicePrompt',
        // The "hello" that begins a conversation is a turn as well.
        count: turns.length + journeys.length,
        run: async () => {
          const { talk } = newBot();
          for (const [i, journey] of journeys.entries()) await talk(String(i), textsOf(journey));
        },
      },
    ],
    { rounds: 9, atLeast: 400 },
  ),
);

function playXstate(journey: readonly Step[]): string {
  let json = begun;
  for (const { message } of journey) json = flow.turn(json, message.answer).json;
  return json;
}

function newBot() {
  return botbuilderBot(questions);
}

/** @returns an option of each question that the bot will ask, in its order. */
function textsOf(journey: readonly Step[]): string[] {
  return journey.map((_, i) => questions[i]?.options.at(i % 2) as string);
}

/** @returns how many families there are where a side did not end with every answer kept. */
async function disagreements(): Promise<number> {
  let count = 0;
  const bot = newBot();
  for (const [i, journey] of journeys.entries()) {
    const last = journey.at(-1) as Step;
    const ours = turn(model, JSON.parse(last.before), last.message, TODAY).conversation.log.length;
    const xstate = Object.keys(JSON.parse(playXstate(journey)).context.answers).length;
    await bot.talk(String(i), textsOf(journey));
    const botbuilder = await bot.answered(String(i));
    if (new Set([journey.length, ours, xstate, botbuilder]).size > 1) {
      console.log(`  family ${i}: ${journey.length} answers; kept ${ours}, ${xstate}, ${botbuilder}`);
      count++;
    }
  }
  return count;
}
