import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** Connects without any client in between, for what no client would send. */
export async function connectTo(url: string): Promise<Socket> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.setNoDelay(true);
  await once(socket, 'connect');
  return socket;
}

/**
 * @param text bytes as they go over the line; each line must end with \r\n
 * @param thatIsAll says at once that nothing more will come
 * @returns all that comes back until the other side closes
 */
export async function sendRaw(url: string, text: string, thatIsAll = false): Promise<string> {
  const socket = await connectTo(url);
  const said = hear(socket);
  if (thatIsAll) socket.end(text);
  else socket.write(text);
  return said;
}

/** @returns what comes until the other side closes, or cuts the line */
export async function hear(socket: Socket): Promise<string> {
  const chunks: Buffer[] = [];
  socket.on('data', (chunk) => chunks.push(chunk));
  socket.on('error', () => {});
  await new Promise((done) => socket.once('close', done));
  return Buffer.concat(chunks).toString('utf8');
}
