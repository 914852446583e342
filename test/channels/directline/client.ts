import { createRequire } from 'node:module';
import {
  type Activity,
  ConnectionStatus,
  DirectLine,
  type DirectLineOptions,
} from 'botframework-directlinejs';

/** The real client, as it runs without a browser. */
const require = createRequire(import.meta.url);
Object.assign(globalThis, { XMLHttpRequest: require('xhr2') });

export interface Client {
  readonly line: DirectLine;
  /** The names of all statuses, in order. */
  readonly statuses: string[];
  readonly activities: Activity[];
  readonly texts: () => (string | undefined)[];
  /** Every socket that it opened. */
  readonly sockets: WebSocket[];
  /** What ended the flow of activities. */
  readonly ends: string[];
  /** @returns the id that the client got for it */
  readonly say: (text: string, more?: object) => Promise<string>;
  readonly end: () => void;
}

/** Connects the real client. Where it would wait a random time to reconnect, it waits the shortest one: 3 s. */
export function connect(options: DirectLineOptions): Client {
  const sockets: WebSocket[] = [];
  class Watched extends WebSocket {
    constructor(address: string) {
      super(address);
      sockets.push(this);
    }
  }
  const line = new DirectLine({ ...options, random: () => 0, WebSocket: Watched } as DirectLineOptions);
  const statuses: string[] = [];
  const activities: Activity[] = [];
  const ends: string[] = [];
  line.connectionStatus$.subscribe((status) => {
    statuses.push(ConnectionStatus[status]);
  });
  const listening = line.activity$.subscribe(
    (activity) => activities.push(activity),
    (error: Error) => ends.push(error.message),
    () => ends.push('complete'),
  );
  return {
    line,
    statuses,
    activities,
    texts: () => activities.map((one) => (one.type === 'message' ? one.text : one.type)),
    sockets,
    ends,
    say: (text, more = {}) =>
      new Promise((done, fail) => {
        line
          .postActivity({ type: 'message', from: { id: 'parent' }, text, ...more } as Activity)
          .subscribe(done, fail);
      }),
    end: () => {
      listening.unsubscribe();
      line.end();
    },
  };
}
