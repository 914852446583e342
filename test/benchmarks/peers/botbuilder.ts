import { ActivityTypes, ConversationState, MemoryStorage, TestAdapter, type TurnContext } from 'botbuilder';
import { ChoicePrompt, DialogSet, WaterfallDialog, type WaterfallStepContext } from 'botbuilder-dialogs';

export interface Asked {
  readonly question: string;
  readonly options: readonly string[];
}

export interface Bot {
  /** Begins a conversation and answers the first questions, one message a turn. */
  readonly talk: (conversation: string, answers: readonly string[]) => Promise<void>;
  /** @returns how many answers the bot has kept of a conversation */
  readonly answered: (conversation: string) => Promise<number>;
}

/**
 * A bot as Bot Framework's samples write it: a waterfall with a ChoicePrompt a question, over the TestAdapter. Its
 * state goes into MemoryStorage, which keeps it as JSON text, so that each turn reads and writes JSON as ours does.
 */
export function botbuilderBot(questions: readonly Asked[]): Bot {
  const state = new ConversationState(new MemoryStorage());
  const dialogs = new DialogSet(state.createProperty('dialogs'));
  const answered = state.createProperty<Record<string, string>>('answers');
  const record = async (step: WaterfallStepContext, question: string) => {
    const answers = await answered.get(step.context, {});
    answers[question] = step.result.value;
    await answered.set(step.context, answers);
  };
  dialogs.add(new ChoicePrompt('choice'));
  dialogs.add(
    new WaterfallDialog('questions', [
      ...questions.map(({ question, options }, i) => async (step: WaterfallStepContext) => {
        if (i > 0) await record(step, (questions[i - 1] as Asked).question);
        return step.prompt('choice', { prompt: question, choices: [...options] });
      }),
      async (step) => {
        await record(step, (questions.at(-1) as Asked).question);
        return step.endDialog();
      },
    ]),
  );
  const adapter = new TestAdapter(async (context: TurnContext) => {
    const dialog = await dialogs.createContext(context);
    const { status } = await dialog.continueDialog();
    if (status === 'empty') await dialog.beginDialog('questions');
    await state.saveChanges(context);
  });
  const activityIn = (id: string) => ({
    type: ActivityTypes.Message,
    conversation: { id, name: '', isGroup: false, conversationType: '' },
  });
  return {
    talk: async (conversation, answers) => {
      for (const text of ['hello', ...answers]) {
        await adapter.processActivity({ ...activityIn(conversation), text });
      }
      // It keeps all that it said, for tests.
      adapter.activeQueue.length = 0;
    },
    answered: async (conversation) => {
      let count = 0;
      await adapter.processActivity(activityIn(conversation), async (context) => {
        count = Object.keys(await answered.get(context, {})).length;
      });
      return count;
    },
  };
}
