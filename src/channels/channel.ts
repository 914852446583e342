import type { IncomingMessage, Server as NodeServer } from 'node:http';
import type { Server } from 'restify';

/** A way in beside the page. It is made only where it is configured, and its libraries are loaded only then. */
export interface Channel {
  /** Adds its routes. */
  readonly install: (server: Server) => void;
  /** Listens for WebSockets. */
  readonly attach?: (server: NodeServer) => void;
  /** Go with all answers under a path, also with those in which the port itself refuses. */
  readonly headers?: {
    readonly under: string;
    readonly of: (request: IncomingMessage) => Readonly<Record<string, string>>;
  };
  /** Ends what is open: sockets, timers. Turns in hand are finished by then. */
  readonly close?: () => void | Promise<void>;
}
