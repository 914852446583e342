import { assign, createMachine, initialTransition, transition } from 'xstate';

/** A conversation in xstate's pure functions, kept as JSON between turns. */
export interface Flow {
  readonly begin: () => string;
  /** @returns the state after an answer, and the question that stands then */
  readonly turn: (json: string, value: unknown) => { json: string; question: string };
}

/** A machine with a state a question, asked in this order. An answer goes into the context, and on it goes. */
export function xstateFlow(questions: readonly string[]): Flow {
  const states = questions.map((question, i) => {
    const record = assign<Context, Answered>({
      answers: ({ context, event }) => ({ ...context.answers, [question]: event.value }),
    });
    return [question, { on: { ANSWER: { target: questions[i + 1] ?? 'found', actions: record } } }];
  });
  const machine = createMachine<Context, Answered>({
    id: 'questions',
    initial: questions[0] as string,
    context: { answers: {} },
    states: { ...Object.fromEntries(states), found: {} },
  });
  return {
    begin: () => JSON.stringify(machine.getPersistedSnapshot(initialTransition(machine)[0])),
    turn: (json, value) => {
      const [after] = transition(machine, machine.resolveState(JSON.parse(json)), { type: 'ANSWER', value });
      return { json: JSON.stringify(machine.getPersistedSnapshot(after)), question: after.value };
    },
  };
}

interface Context {
  readonly answers: Readonly<Record<string, unknown>>;
}

interface Answered {
  readonly type: 'ANSWER';
  readonly value: unknown;
}
