import type { Server } from 'restify';
import type { Section } from '../http/http-server.ts';

/** A way in beside the page. It is made only where it is configured, and its libraries are loaded only then. */
export interface Channel {
  /** Adds its routes. */
  readonly install: (server: Server) => void;
  /** Where it needs more of the port than routes: for pages of other sites, and for WebSockets. */
  readonly section?: Section;
  /** Ends what is open: sockets, timers. Turns in hand are finished by then. */
  readonly close?: () => void | Promise<void>;
}
