import type { AddressInfo } from 'node:net';
import type { Channel } from '../../src/channels/channel.ts';
import { openHttp } from '../../src/http/http-server.ts';

export interface Served {
  readonly url: string;
  readonly reported: readonly unknown[];
  readonly report: (error: unknown) => void;
  readonly stop: () => Promise<void>;
}

/** Serves a channel as the server does, on a free port of the loopback address. */
export async function serve(
  open: (report: (error: unknown) => void) => Promise<Channel> | Channel,
): Promise<Served> {
  const reported: unknown[] = [];
  const report = (error: unknown) => {
    reported.push(error);
  };
  const channel = await open(report);
  const { server } = openHttp({
    headers: {},
    sendProblem: (_request, response, status) => {
      response.writeHead(status);
      response.end();
    },
    report,
  });
  channel.install(server);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    reported,
    report,
    stop: async () => {
      await channel.close?.();
      server.server.closeAllConnections();
      await new Promise<void>((done) => server.close(done));
    },
  };
}

/** @returns all sentences in an answer's body that could tell something of the inside */
export function leaksIn(body: string): readonly string[] {
  return (
    body.match(/ECONN\w*|ENOTFOUND|node_modules|\bat \/|Error:|stack|validateAndFix\w*|https?:\/\/\S+/g) ?? []
  );
}
