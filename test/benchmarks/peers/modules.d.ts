/**
 * What we use of the peers, for the type check: they are installed for a benchmark only, and the check must pass
 * without them.
 */
declare module 'json-logic-engine' {
  export class LogicEngine {
    build(logic: unknown): (data: unknown) => unknown;
  }
}

declare module 'json-rules-engine' {
  export class Engine {
    addRule(rule: { conditions: unknown; event: { type: string } }): void;
    run(facts: object): Promise<{ events: { type: string }[] }>;
  }
}

declare module 'publicodes' {
  export default class Engine {
    constructor(rules: Record<string, unknown>, options: { logger: Record<string, unknown> });
    setSituation(situation: Record<string, unknown>): void;
    evaluate(name: string): { nodeValue: unknown };
  }
}

declare module 'xstate' {
  interface Snapshot<Context> {
    readonly value: string;
    readonly context: Context;
  }
  interface Machine<Context, Event> {
    resolveState(persisted: Snapshot<Context>): Snapshot<Context>;
    getPersistedSnapshot(snapshot: Snapshot<Context>): unknown;
    readonly event?: Event;
  }
  export function createMachine<Context, Event>(config: {
    id: string;
    initial: string;
    context: Context;
    states: Record<string, unknown>;
  }): Machine<Context, Event>;
  export function assign<Context, Event>(
    change: { [Key in keyof Context]: (now: { context: Context; event: Event }) => Context[Key] },
  ): unknown;
  export function initialTransition<Context, Event>(
    machine: Machine<Context, Event>,
  ): [Snapshot<Context>, unknown[]];
  export function transition<Context, Event>(
    machine: Machine<Context, Event>,
    snapshot: Snapshot<Context>,
    event: Event,
  ): [Snapshot<Context>, unknown[]];
}

declare module 'botbuilder-dialogs' {
  import type { StatePropertyAccessor, TurnContext } from 'botbuilder';
  export class ChoicePrompt {
    constructor(id: string);
  }
  export interface WaterfallStepContext {
    readonly context: TurnContext;
    readonly result: { readonly value: string };
    prompt(id: string, options: { prompt: string; choices: string[] }): Promise<unknown>;
    endDialog(): Promise<unknown>;
  }
  export class WaterfallDialog {
    constructor(id: string, steps: ((step: WaterfallStepContext) => Promise<unknown>)[]);
  }
  export class DialogSet {
    constructor(state: StatePropertyAccessor);
    add(dialog: ChoicePrompt | WaterfallDialog): void;
    createContext(context: TurnContext): Promise<{
      continueDialog(): Promise<{ status: string }>;
      beginDialog(id: string): Promise<unknown>;
    }>;
  }
}

declare module 'autocannon' {
  interface Request {
    method: 'POST';
    path: string;
    headers: Record<string, string>;
    body?: string;
  }
  interface Options {
    url: string;
    connections: number;
    amount: number;
    requests: (Request & {
      setupRequest: (request: Request, context: Record<string, unknown>) => Request;
      onResponse: (
        status: number,
        body: string,
        context: Record<string, unknown>,
        headers: Readonly<Record<string, string>>,
      ) => void;
    })[];
  }
  export default function autocannon(options: Options): Promise<unknown>;
}
