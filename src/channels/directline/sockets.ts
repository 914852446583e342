import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Conversation, Conversations } from './conversations.ts';
import type { Limits } from './limits.ts';
import { Problem } from './problem.ts';

/** What a client sends is an empty frame now and then, which we do not read. */
const LONGEST_FRAME = 4096;
/** Milliseconds that a client has to say goodbye. */
const GOODBYE = 1000;
/** RFC 6455: going away; policy. */
const GOING_AWAY = 1001;
const POLICY = 1008;

export interface Sockets {
  /** Takes a socket that is asked for, or says why not. */
  readonly take: (request: IncomingMessage, stream: Duplex, head: Buffer) => void;
  readonly close: () => void;
}

export interface SocketParts {
  /** @returns whose socket it is, and from where it goes on. @throws Problem where it may not be opened */
  readonly admit: (request: IncomingMessage) => {
    readonly conversation: Conversation;
    readonly since: number;
  };
  readonly conversations: Conversations;
  readonly limits: Limits;
  readonly report: (error: unknown) => void;
}

/**
 * The sockets on which activities go out. A conversation has one at most; the newest counts, because the older one is
 * as a rule what a phone left behind when it changed networks.
 */
export function createSockets({ admit, conversations, limits, report }: SocketParts): Sockets {
  const protocol = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    maxPayload: LONGEST_FRAME,
  });
  /** Open sockets, and whether something was heard of each since the last beat. */
  const open = new Map<WebSocket, boolean>();
  let isClosed = false;

  const beat = setInterval(() => {
    for (const [socket, heard] of open) {
      if (!heard) {
        socket.terminate();
        continue;
      }
      open.set(socket, false);
      // The ping is for us: its answer shows that somebody is there. The empty frame is the protocol's own.
      socket.ping();
      socket.send('');
    }
  }, limits.heartbeat);
  beat.unref();

  function take(request: IncomingMessage, stream: Duplex, head: Buffer): void {
    try {
      if (isClosed) throw new Problem(503, 'ServiceUnavailable', 'The server is about to stop.');
      const { conversation, since } = admit(request);
      protocol.handleUpgrade(request, stream, head, (socket) => welcome(socket, conversation, since));
    } catch (error) {
      if (!(error instanceof Problem)) report(error);
      refuse(stream, error instanceof Problem ? error : new Problem(500, 'ServiceError', 'It did not work.'));
    }
  }

  function welcome(socket: WebSocket, conversation: Conversation, since: number): void {
    open.set(socket, true);
    const heard = () => open.has(socket) && open.set(socket, true);
    socket.on('message', heard);
    socket.on('pong', heard);
    // A broken frame: the socket closes by itself.
    socket.on('error', () => undefined);
    const ours = {
      send: (frame: string) => {
        socket.send(frame, () => undefined);
        // What nobody reads would pile up here.
        if (socket.bufferedAmount > limits.unread) socket.terminate();
      },
      close: (reason: string) => end(socket, POLICY, reason),
    };
    socket.on('close', () => {
      open.delete(socket);
      if (conversation.socket === ours) conversations.leave(conversation);
    });
    const before = conversation.socket;
    conversation.socket = ours;
    before?.close('collision');
    if (conversation.kept.some(({ number }) => number > since)) ours.send(conversation.frameSince(since));
  }

  return {
    take,
    close: () => {
      isClosed = true;
      clearInterval(beat);
      for (const socket of open.keys()) end(socket, GOING_AWAY, 'restart');
    },
  };
}

function end(socket: WebSocket, code: number, reason: string): void {
  socket.close(code, reason);
  setTimeout(() => socket.terminate(), GOODBYE).unref();
}

function refuse(stream: Duplex, problem: Problem): void {
  const { body, status } = problem;
  stream.end(
    `HTTP/1.1 ${status} Refused\r\nConnection: close\r\nCache-Control: no-store\r\n` +
      `Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    () => stream.destroy(),
  );
}
